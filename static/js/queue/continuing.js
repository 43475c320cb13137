// The queue goes on by itself: while its last piece plays, pieces that sound like it are put behind
// it, each with its `reason`. Whatever a listener adds comes before them, and another piece of their
// choice makes them go: they are asked for anew when that one is the last.

import { api } from "../core/api.js";
import { settings } from "../playback/engine/settings.js";
import { player } from "../playback/player.js";
import { queue } from "./queue.js";

const AT_ONCE = 3;
const KNOWN_MOST = 100; // ids that one question may name
const AGAIN_MS = 5000;

let asked = ""; // the item that similar ones were asked for

function withdraw() {
  const { index } = queue;
  const stays = queue.items.filter((item, at) => at <= index || !item.reason);
  if (stays.length === queue.items.length) return;
  queue.items = stays;
  queue.tell("items");
}

function isLast(item) {
  const { items, index } = queue;
  return index === items.length - 1 && items[index]?.queue_id === item.queue_id;
}

async function fetchAfter(item) {
  const known = queue.items.map(({ track_id: id }) => id).filter(Boolean);
  const without = [...new Set(known)].slice(-KNOWN_MOST).join();
  const token = item.key || /^\/t\/([^/]+)\//.exec(item.url ?? "")?.[1] || "";
  const query = new URLSearchParams({ limit: AT_ONCE, without, token });
  try {
    const { results } = await api("GET", `/tracks/${item.track_id}/similar/?${query}`);
    if (results.length && settings.continues && isLast(item)) queue.add(results);
  } catch (error) {
    if (!error.passing) return;
    setTimeout(() => {
      asked = "";
      look();
    }, AGAIN_MS);
  }
}

function look() {
  if (!player.wanted || queue.isLast) return;
  const current = queue.items[queue.index];
  if (!current) return;
  if (!current.reason && current.queue_id !== asked) withdraw();
  if (!settings.continues || queue.repeat !== "off" || asked === current.queue_id) return;
  if (!isLast(current) || !current.track_id) return;
  asked = current.queue_id;
  fetchAfter(current);
}

/** Begin to watch what plays. */
export function connectContinuing() {
  queue.addEventListener("change", look);
  player.addEventListener("change", look);
  settings.addEventListener("change", ({ detail }) => {
    if (detail.name !== "continues") return;
    asked = "";
    if (settings.continues) look();
    else withdraw();
  });
  look();
}

/** Let a checkbox say whether it does, and change that. */
export function connectSwitch(box) {
  const show = () => {
    box.checked = settings.continues;
  };
  box.addEventListener("change", () => settings.set("continues", box.checked));
  settings.addEventListener("change", show);
  show();
}
