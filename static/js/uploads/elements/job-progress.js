// <job-progress>: the live state of one version. htmx's socket swaps the server's fragment in;
// while the socket is down the same fragment is polled.

import "../../../vendor/hx-ws.js";

import { refresh } from "../../core/navigation.js";

const POLL_MS = 2000;

class JobProgress extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:ws:close", () => this.#poll());
    this.addEventListener("htmx:ws:error", () => this.#poll());
    this.addEventListener("htmx:ws:after:connection", () => this.#rest());
    this.watcher = new MutationObserver(() => this.#read());
    this.watcher.observe(this, { childList: true, subtree: true });
    this.known = this.#facts();
    htmx.process(this);
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    this.#rest();
  }

  get isLive() {
    return this.#facts().live;
  }

  #facts() {
    const job = this.querySelector("[data-job]");
    return {
      live: job?.dataset.live === "true",
      playable: job?.dataset.playable === "true",
      status: job?.dataset.status ?? "",
    };
  }

  #rest() {
    clearInterval(this.timer);
    this.timer = 0;
  }

  #poll() {
    if (this.timer || !this.isLive) return;
    this.timer = setInterval(() => {
      if (!this.isLive || !this.isConnected) this.#rest();
      else if (!document.hidden) this.#fetch();
    }, POLL_MS);
  }

  #fetch() {
    const target = this.querySelector("[data-job]");
    htmx.ajax("GET", this.getAttribute("poll"), { source: this, target, swap: "outerHTML" });
  }

  #read() {
    const facts = this.#facts();
    const changed = facts.playable !== this.known.playable || facts.status !== this.known.status;
    this.known = facts;
    // The rest of the page says what the server knows, too: it is told anew where it asks for it.
    if (changed && this.closest("[data-refresh]")) refresh();
  }
}

customElements.define("job-progress", JobProgress);
