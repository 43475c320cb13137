// The moderators’ desk by keyboard: j and k walk, the other keys press what the page says of them.

import { hear } from "./desk/hear.js";
import { follow } from "./desk/live.js";

const rows = [...document.querySelectorAll("[data-row] a")];
const keys = document.querySelector(".desk__keys");
// For a moment the focus may still stand in a dialog that has just closed.
const isTyping = (target) =>
  target.closest?.("input:not([type=submit]), textarea, select, dialog[open]");

function walk(step) {
  if (rows.length === 0) return;
  const now = rows.indexOf(document.activeElement);
  const next = now < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, now + step));
  rows[next].focus();
}

function begin(kind) {
  const choice = document.querySelector("#id_kind");
  if (!choice) return;
  choice.value = kind;
  document.querySelector("#id_facts").focus();
}

// With what moderators think of first, of all that can be decided about it.
function restrict() {
  const choice = document.querySelector("#id_kind");
  if (!choice) return;
  const [scope] = document.querySelector("#id_about").value.split(":");
  begin(JSON.parse(choice.dataset.first)[scope]);
}

function play() {
  const player = document.querySelector("audio[data-key]");
  if (!player) return;
  if (player.paused) player.play();
  else player.pause();
}

const acts = {
  j: () => walk(1),
  k: () => walk(-1),
  a: () => begin("no_action"),
  r: restrict,
  n: () => document.querySelector("[data-key=n]")?.click(),
  t: () => document.querySelector("[data-key=t]")?.click(),
  d: () => document.querySelector("[data-key=d]")?.click(),
  m: () => document.querySelector("[data-key=m]")?.focus(),
  p: play,
  o: hear,
  "?": () => keys?.showModal(),
};

// A ready text goes where the other field has its cursor.
function insert(button) {
  const text = document.getElementById(button.dataset.insert).value;
  const field = document.getElementById(button.dataset.into);
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.focus();
}

for (const button of document.querySelectorAll("[data-insert]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => insert(button));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

follow();
