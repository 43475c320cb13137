// The way into the cinema: any [data-cinema] button, or the key C. Fetched when somebody wants in.

import { player } from "../playback/player.js";

const WRITES =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";

async function toggle() {
  const view = document.getElementById("cinema");
  if (!view) return;
  await import("./elements/cinema-view.js");
  view.toggle();
}

/** The cinema shows what plays: the button on a piece's own page has that piece play. */
function play(button) {
  const page = button.closest("[data-version]");
  if (!page || player.is(page.dataset.version)) return;
  page.querySelector("play-button button:not(:disabled)")?.click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-cinema]");
  if (!button) return;
  play(button);
  toggle();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest?.(WRITES)) return;
  if (document.querySelector("dialog:modal")) return;
  event.preventDefault();
  toggle();
});
