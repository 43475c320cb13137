// <alike-shelf src>: what sounds like the piece of this page, fetched once somebody comes near.
// Without scripts, or where it cannot be had, the link inside leads to a page of its own.

import { manners } from "../../core/api.js";

const NEAR = "600px"; // how far below what is seen

class AlikeShelf extends HTMLElement {
  connectedCallback() {
    this.watcher = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#fetch(), {
      rootMargin: NEAR,
    });
    this.watcher.observe(this);
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }

  async #fetch() {
    this.watcher.disconnect();
    const answer = await fetch(this.getAttribute("src"), manners).catch(() => null);
    if (!answer?.ok || !this.isConnected) return;
    const text = (await answer.text()).trim();
    // Nothing is near it (yet): the page says why.
    if (!text || !this.isConnected) return;
    this.innerHTML = text;
    htmx.process(this);
  }
}

customElements.define("alike-shelf", AlikeShelf);
