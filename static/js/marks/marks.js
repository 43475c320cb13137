// What is one's own on a page for all: one question for everything on it, asked when it is there.

import { api } from "../core/api.js";
import { prefix } from "../core/place.js";
import { tellLeaving } from "./leaving.js";

const MOST = 100; // ids that one question may name

const { dataset } = document.documentElement;
const known = new Map(); // id -> its marks

/** Forget who was signed in: the session has ended elsewhere. */
export function leave() {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `nexus-person=; Max-Age=0; Path=${prefix || "/"}`;
  delete dataset.person;
}

async function fetchMarks() {
  const places = [...document.querySelectorAll("[data-track]")];
  const ids = [...new Set(places.map((place) => place.dataset.track))];
  const asked = ids.filter((id) => id && !known.has(id)).slice(0, MOST);
  if (asked.length) {
    try {
      const { marks, leaves_at: leavesAt } = await api("GET", `/me/marks/?ids=${asked.join(",")}`);
      tellLeaving(leavesAt);
      for (const id of asked) known.set(id, marks[id] ?? []);
    } catch (error) {
      if ([401, 403].includes(error.status)) leave();
      return;
    }
  }
  for (const place of places) {
    const card = place.closest(".card");
    const marks = known.get(place.dataset.track);
    if (card && marks?.length) card.dataset.marks = marks.join(" ");
  }
}

document.addEventListener("htmx:after:swap", () => dataset.person && fetchMarks());
fetchMarks();
