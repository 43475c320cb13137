// The buttons of pages that put music into the queue: "Play next" and "Play last" of one track,
// "Play all" and "Add to queue" of a list. One menu serves every card, for that which opened it; the
// menu of a piece's own page is for that piece. Menus in the top layer stand where their button is.

import { api } from "../core/api.js";
import { toast } from "../core/toast.js";
import { queue } from "./queue.js";

const GAP = 8; // pixels
const MENU = ".menu__sheet[popover]";

let asker = null; // the button that the menu was opened by

function put(button) {
  const { track } = asker.closest(".card, .track").querySelector("play-button");
  const where = button.dataset.queue;
  const found = queue.add([track], where);
  if (!found.length) toast("The queue is full.");
  else toast(`“${track.title}” plays ${where === "next" ? "next" : "at the end"}.`);
}

// Below the button, its ends together; above it where there is no room below, and never outside.
function place(menu) {
  const [at, size] = [asker.getBoundingClientRect(), menu.getBoundingClientRect()];
  const lowest = innerHeight - GAP - size.height;
  const above = at.top - GAP - size.height;
  const top = at.bottom + GAP <= lowest ? at.bottom + GAP : above >= GAP ? above : lowest;
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${Math.max(GAP, at.right - size.width)}px`;
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

document.addEventListener(
  "toggle",
  (event) => {
    if (event.newState === "open" && event.target.matches?.(MENU)) place(event.target);
  },
  { capture: true },
);

// It stands where its button is, wherever the page is scrolled to.
addEventListener(
  "scroll",
  () => {
    const menu = document.querySelector(`${MENU}:popover-open`);
    if (menu) place(menu);
  },
  { capture: true, passive: true },
);

document.addEventListener("click", (event) => {
  asker = event.target.closest?.("button[popovertarget]") ?? asker;
  event.target.closest?.(`${MENU} :is(a, button)`)?.closest(MENU).hidePopover();
  const button = event.target.closest?.("button[data-queue], play-list button[data-action]");
  if (!button) return;
  const list = button.closest("play-list");
  if (list) open(button, list);
  else put(button);
});
