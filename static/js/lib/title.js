// The window's title says what plays; when nothing does, it is the page's own again.

import { player } from "./player.js";

const SIGN = "▶ ";
let own = document.title;

function show() {
  if (!document.title.startsWith(SIGN)) own = document.title;
  const { track, wanted } = player;
  const title = track && wanted ? `${SIGN}${track.title} — ${track.artist}` : own;
  if (document.title !== title) document.title = title;
}

/** Keep the title right from now on, whatever page comes. */
export function connectTitle() {
  for (const name of ["track", "change"]) player.addEventListener(name, show);
  // Boosted navigation sets the title of the page it brings.
  new MutationObserver(show).observe(document.querySelector("title"), { childList: true });
  show();
}
