// <review-listener key="…" plays="…">: tells the artist that whoever holds the link has listened.
// Not every press counts: the server takes one listening for a visitor and half hour.

import { csrfToken } from "../../core/api.js";
import { player } from "../../playback/player.js";

const HEARD_SECONDS = 1; // of sound; opening the page or seeking about is no listening

const links = new Map(); // key → where to tell; kept, because the sound outlives the page
let last = null;

function told(key) {
  const address = links.get(key);
  links.delete(key);
  fetch(address, { method: "POST", headers: { "X-CSRFToken": csrfToken() } }).catch(() => {
    links.set(key, address); // no connection: at the next second of sound
  });
}

player.addEventListener("time", () => {
  const key = player.track?.key;
  if (!player.wanted || !links.has(key)) {
    last = null;
    return;
  }
  last ??= player.position;
  if (player.position >= last + HEARD_SECONDS) told(key);
  else if (player.position < last) last = player.position;
});

class ReviewListener extends HTMLElement {
  connectedCallback() {
    links.set(this.getAttribute("key"), this.getAttribute("plays"));
  }
}

customElements.define("review-listener", ReviewListener);
