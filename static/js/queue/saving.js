// The queue as a playlist: private, in the order in which it plays, named after the day.

import { api } from "../core/api.js";
import { toast } from "../core/toast.js";
import { queue } from "./queue.js";

const MONTHS = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };

/** Save what is in the queue; resolves to the playlist's address, or to "" where it was refused. */
export async function saveQueue() {
  const { items } = queue;
  const when = new Intl.DateTimeFormat("en-GB", MONTHS).format(new Date());
  const title = `Queue of ${when.replace(" at ", ", ")}`;
  const keys = [...new Set(items.map(({ key }) => key).filter(Boolean))];
  try {
    const tracks = items.map(({ track_id: track }) => track);
    const made = await api("POST", "/playlists/", { title, tracks, keys });
    toast(`Saved as “${made.title}”.`);
    return made.url;
  } catch (error) {
    toast(error.message);
    return "";
  }
}

/** Put a button that saves, and a link that leads to what was saved, before another button. */
export function connectSaving(before) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const link = document.createElement("a");
  button.append("Save as playlist");
  link.append("View playlist");
  for (const one of [button, link]) one.className = "button button--quiet";
  before.before(button, link);
  const isSomebody = () => "person" in document.documentElement.dataset;
  const show = () => {
    button.hidden = !isSomebody() || queue.items.length === 0;
    link.hidden = true;
  };
  queue.addEventListener("change", ({ detail }) => detail.what === "items" && show());
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    const address = await saveQueue();
    button.removeAttribute("aria-busy");
    if (!address) return;
    link.href = address;
    link.hidden = false;
    button.hidden = true;
    link.focus();
  });
  show();
}
