// What comes to the desk while one looks at it: lines of talks, and how many new cases there are.

import { append } from "../core/lines.js";
import { LiveSocket } from "../core/socket.js";

const OVER = "This page is not kept up to date any more. Load it again.";

function followTalks(page) {
  const said = page.querySelector("[data-arrived]");
  let isFirst = true; // what is told on connecting may have come while the page was drawn
  function hear({ talks }) {
    let count = 0;
    for (const [name, html] of Object.entries(talks)) {
      const place = page.querySelector(`[data-lines="${name}"]`);
      if (place) count += append(place, html);
    }
    if (count && !isFirst) said.textContent = "A new message has come to a talk below.";
    isFirst = false;
  }
  new LiveSocket(page.dataset.talks, hear, () => {
    said.textContent = OVER;
  });
}

function words(count) {
  const link = document.createElement("a");
  link.href = location.href;
  link.dataset.key = "n";
  link.textContent = `${count} new case${count === 1 ? "" : "s"}: show`;
  return link;
}

function followQueue(place) {
  let shown = 0;
  function hear({ new: count }) {
    if (count === shown) return;
    shown = count;
    place.replaceChildren(...(count ? [words(count)] : []));
  }
  new LiveSocket(place.dataset.arrivals, hear, () => {
    place.textContent = OVER;
  });
}

export function follow() {
  for (const page of document.querySelectorAll("[data-talks]")) followTalks(page);
  for (const place of document.querySelectorAll("[data-arrivals]")) followQueue(place);
}
