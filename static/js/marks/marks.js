// What is one's own on a page for all: one question for everything on it, asked when it is there.

import { api } from "../core/api.js";

const MOST = 100; // ids that one question may name
const COOKIE = "nexus-person";

const { dataset } = document.documentElement;
const known = new Map(); // id -> its marks
let me = null;

/** Tell whoever shows it who is signed in: `{ name, handle, admin_url }`. */
function introduce() {
  document.dispatchEvent(new CustomEvent("person:known", { detail: me }));
}

/** Forget who was signed in: the session has ended elsewhere. */
function leave() {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `${COOKIE}=; Max-Age=0; Path=${dataset.prefix || ""}/`;
  delete dataset.person;
}

function show() {
  for (const place of document.querySelectorAll("[data-track]")) {
    const marks = known.get(place.dataset.track);
    const card = place.closest(".card");
    if (marks && card) card.dataset.marks = marks.join(" ");
  }
}

async function fetchMarks() {
  if (!dataset.person) return;
  const here = [...document.querySelectorAll("[data-track]")].map((place) => place.dataset.track);
  const ids = [...new Set(here)].filter((id) => id && !known.has(id)).slice(0, MOST);
  if (!me || ids.length) {
    let found;
    try {
      found = await api("GET", `/me/marks/?ids=${ids.join(",")}`);
    } catch (error) {
      if ([401, 403].includes(error.status)) leave();
      return;
    }
    me = found.person;
    for (const id of ids) known.set(id, found.marks[id] ?? []);
    introduce();
  }
  show();
}

document.addEventListener("person:asked", () => me && introduce());
document.addEventListener("htmx:after:swap", fetchMarks);
fetchMarks();
