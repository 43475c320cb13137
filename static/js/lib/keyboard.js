// The player's keys, wherever the focus is, unless whatever has it needs the key itself.

import { changeSpeed, toggleMuted } from "./levels.js";
import { player } from "./player.js";

const WRITES =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const PRESSES = "button, a[href], summary, input, [role=button], [role=slider], [role=menuitem]";
const ARROWS = "input, select, [role=slider], [role=menu], audio, video";

const deeds = {
  " ": () => player.toggle(),
  k: () => player.toggle(),
  j: () => player.nudge(-10),
  l: () => player.nudge(10),
  ArrowLeft: () => player.nudge(-5),
  ArrowRight: () => player.nudge(5),
  m: () => toggleMuted(),
  "[": () => changeSpeed(-1),
  "]": () => changeSpeed(1),
};

function isTaken(key, focused) {
  if (focused.closest(WRITES)) return true;
  if (key === " ") return Boolean(focused.closest(PRESSES));
  return key.startsWith("Arrow") && Boolean(focused.closest(ARROWS));
}

/** Listen for the player's keys; `showHelp` opens the sheet that lists them. */
export function connectKeyboard(showHelp) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const focused = event.target instanceof Element ? event.target : document.body;
    if (document.querySelector("dialog:modal") || isTaken(key, focused)) return;
    if (key === "?") {
      showHelp();
      event.preventDefault();
    } else if (deeds[key] && player.track) {
      deeds[key]();
      event.preventDefault();
    }
  });
}
