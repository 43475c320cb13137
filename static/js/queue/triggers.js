// The buttons of pages that put music into the queue: "Play next" and "Play last" of one track
// (`data-queue`, told by the <play-button> beside it), "Play all" and "Add to queue" of a list.

import { api } from "../core/api.js";
import { toast } from "../core/toast.js";
import { queue } from "./queue.js";

function close(button) {
  const menu = button.closest("details[data-menu]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function put(button) {
  const { track } = document.querySelector(
    `play-button[version="${CSS.escape(button.dataset.version)}"]`,
  );
  const where = button.dataset.queue;
  const found = queue.add([track], where);
  if (!found.length) toast("The queue is full.");
  else toast(`“${track.title}” plays ${where === "next" ? "next" : "at the end"}.`);
  close(button);
}

async function open(button, list) {
  button.setAttribute("aria-busy", "true");
  try {
    const [kind, key] = [list.getAttribute("kind"), list.getAttribute("key")];
    const token = new URLSearchParams(location.search).get("token");
    const address = `/lists/${kind}/${encodeURIComponent(key)}/${token ? `?token=${token}` : ""}`;
    const { entries } = await api("GET", address);
    if (!entries.length) toast("There is nothing to play here.");
    else if (button.dataset.action === "play") await queue.play(entries);
    else toast(added(queue.add(entries).length));
  } catch (error) {
    toast(error.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function added(count) {
  if (!count) return "The queue is full.";
  return count === 1 ? "One piece was added." : `${count} pieces were added.`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-queue], play-list button[data-action]");
  if (!button) return;
  const list = button.closest("play-list");
  if (list) open(button, list);
  else put(button);
});
