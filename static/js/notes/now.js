// Which note is being heard, and how one gets to it.

import { player } from "../playback/player.js";

const HEARD_SECONDS = 4; // how long a note at a moment counts as the current one

/** Mark the newest note whose moment or passage the position is in. */
function markHeard(threads, seconds) {
  const at = seconds * 1000;
  let heard = null;
  for (const thread of seconds === null ? [] : threads) {
    const from = Number(thread.dataset.at);
    const until = Number(thread.dataset.until ?? from + HEARD_SECONDS * 1000);
    if (thread.dataset.note && from <= at && at < until) heard = thread;
  }
  for (const thread of threads) {
    if (thread === heard) thread.setAttribute("aria-current", "true");
    else thread.removeAttribute("aria-current");
  }
}

/** Mark what the playhead is at; the page stays where whoever reads it has put it. */
export function follow(notes) {
  markHeard(notes.threads, player.is(notes.list.dataset.version) ? player.position : null);
}

/** Play the shown version from a note's moment. */
export function playFrom(thread) {
  const seconds = Number(thread.dataset.at) / 1000;
  const shown = document.getElementById("player-data");
  if (player.is(thread.dataset.version)) {
    player.seek(seconds);
    if (!player.wanted) player.play();
  } else if (shown) player.open(JSON.parse(shown.textContent), seconds);
}

/** Bring a note before the eyes and under the focus; false where it is not here. */
export function openNote(panel, id) {
  const found = panel.querySelector(`#note-${CSS.escape(id)}`);
  if (!found) return false;
  for (const other of panel.querySelectorAll("[data-named]")) delete other.dataset.named;
  found.dataset.named = "";
  found.scrollIntoView({ block: "nearest" });
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  return true;
}

/** Open the note the address names. */
export function openNamed(panel) {
  const id = /^#note-([0-9a-f-]+)$/.exec(location.hash)?.[1];
  if (id) openNote(panel, id);
}
