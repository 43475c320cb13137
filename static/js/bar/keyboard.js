// The player's keys, wherever the focus is, unless whatever has it needs the key itself.

import { toast } from "../core/toast.js";
import { clock } from "../core/words.js";
import { changeSpeed, toggleMuted } from "../playback/levels.js";
import { player } from "../playback/player.js";
import { queue } from "../queue/queue.js";

/** What `,` and `.` move by: music has no frames, so it is that of common video. */
export const FRAME_SECONDS = 1 / 30;

const WRITES =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const PRESSES = "button, a[href], summary, input, [role=button], [role=slider], [role=menuitem]";
const ARROWS = "input, select, [role=slider], [role=menu], [data-moves], audio, video";

function step(seconds) {
  if (player.wanted) player.pause();
  player.nudge(seconds);
}

/** The passage from or to here; the other end stays where it is or goes to the piece's own. */
function mark(isStart) {
  const { position, duration, loop } = player;
  const from = isStart ? position : loop && loop.from < position ? loop.from : 0;
  const to = isStart ? (loop && loop.to > position ? loop.to : duration) : position;
  player.setLoop(from, to);
  if (player.loop) toast(`Loop from ${clock(player.loop.from)} to ${clock(player.loop.to)}`);
}

const actions = {
  " ": () => player.toggle(),
  k: () => player.toggle(),
  j: () => player.nudge(-10),
  l: () => player.nudge(10),
  ArrowLeft: () => player.nudge(-5),
  ArrowRight: () => player.nudge(5),
  ",": () => step(-FRAME_SECONDS),
  ".": () => step(FRAME_SECONDS),
  m: () => toggleMuted(),
  "[": () => changeSpeed(-1),
  "]": () => changeSpeed(1),
  i: () => mark(true),
  o: () => mark(false),
  "shift+n": () => queue.next(),
  "shift+p": () => queue.previous(),
};

function keyOf({ key, shiftKey }) {
  if (key.length > 1) return key;
  const small = key.toLowerCase();
  return shiftKey && small !== key ? `shift+${small}` : small;
}

function isTaken(key, focused) {
  if (focused.closest(WRITES)) return true;
  if (key === " ") return Boolean(focused.closest(PRESSES));
  return key.startsWith("Arrow") && Boolean(focused.closest(ARROWS));
}

function chooseVersion(number) {
  if (!document.querySelector("[data-version-id]")) return false;
  document.dispatchEvent(
    new CustomEvent("version:choose", { detail: { number }, cancelable: true }),
  );
  return true;
}

function act(key, showHelp) {
  if (key === "?") showHelp();
  else if (/^[1-9]$/.test(key)) return chooseVersion(Number(key));
  else if (key === "Escape" && player.loop) player.clearLoop();
  else if (actions[key] && player.track) actions[key]();
  else return false;
  return true;
}

/** Listen for the player's keys; `showHelp` opens the sheet that lists them. */
export function connectKeyboard(showHelp) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = event.target instanceof Element ? event.target : document.body;
    const sheet = document.querySelector("dialog:modal");
    const key = keyOf(event);
    if (sheet && (!("player" in sheet.dataset) || key === "Escape")) return;
    if (event.isComposing || isTaken(key, focused)) return;
    if (act(key, showHelp)) event.preventDefault();
  });
}
