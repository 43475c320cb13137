// Another embed's page, put in the place of this one.

import { prefix } from "../core/place.js";

const PARTS = ["embed", "embed-data"];

/** Fetch the page of an embed of this site. Rejects, with a sentence, for anything else. */
export async function fetchPage(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith(`${prefix}/embed/`)) {
    throw new Error("Only addresses of embeds of this site can be loaded.");
  }
  const response = await fetch(url, { credentials: "omit" });
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!found.getElementById("embed-data")) throw new Error("There is nothing to play there.");
  return found;
}

/** Show that page: its words, its music, its colours. */
export function put(found) {
  document.title = found.title;
  for (const id of PARTS) {
    document.getElementById(id).replaceWith(found.getElementById(id));
  }
  document.getElementById("accent").href = found.getElementById("accent").href;
  const { theme } = found.documentElement.dataset;
  if (theme) document.documentElement.dataset.theme = theme;
}
