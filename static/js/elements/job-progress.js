// <job-progress>: the live state of one version. htmx's socket swaps the server's fragment in;
// while the socket is down the same fragment is polled. What it means is told to the page.

import { api } from "../lib/api.js";
import { player } from "../lib/player.js";

const POLL_MS = 2000;

class JobProgress extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:ws:close", () => this.#poll());
    this.addEventListener("htmx:ws:error", () => this.#poll());
    this.addEventListener("htmx:ws:after:connection", () => this.#rest());
    this.watcher = new MutationObserver(() => this.#read());
    this.watcher.observe(this, { childList: true, subtree: true });
    this.known = this.#facts();
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

  async #read() {
    const facts = this.#facts();
    const { known } = this;
    this.known = facts;
    if (facts.playable === known.playable && facts.status === known.status) return;
    const id = this.getAttribute("version");
    const version = await api("GET", `/versions/${id}/`).catch(() => null);
    if (!version) return;
    const { hls_url, mp3_url, waveform_url, duration_ms, playable, status, expires_at } = version;
    const track = { hls_url, waveform_url, duration_ms, playable, status, expires_at };
    if (mp3_url) track.mp3_url = mp3_url;
    player.update({ version_id: id, ...track });
    const detail = { id, playable, status, track };
    document.dispatchEvent(new CustomEvent("nexus:version", { detail }));
  }
}

customElements.define("job-progress", JobProgress);
