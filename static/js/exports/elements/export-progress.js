// <export-progress>: how far the archive of one's data is, told by the server.

import { refresh } from "../../core/navigation.js";
import { LiveSocket } from "../../core/socket.js";

class ExportProgress extends HTMLElement {
  connectedCallback() {
    this.socket = new LiveSocket("/ws/exports/", ({ exports }) => this.#show(exports));
  }

  disconnectedCallback() {
    this.socket.close();
  }

  #show(exports) {
    const shown = [...this.querySelectorAll("[data-export]")];
    const same = shown.length === exports.length && exports.every((each) => this.#update(each));
    // What is ready, has failed or is new is drawn by the server.
    if (!same) refresh();
  }

  #update({ id, state, percent, words }) {
    const line = this.querySelector(`[data-export="${id}"]`);
    const bar = line?.querySelector("progress");
    const isLive = state === "waiting" || state === "making";
    if (!line || isLive !== Boolean(bar) || (!isLive && line.dataset.state !== state)) return false;
    if (!bar) return true;
    bar.value = percent;
    line.dataset.state = state;
    line.querySelector("[data-figures]").textContent = `${percent}\u00a0%`;
    const said = line.querySelector("[data-words]");
    if (said.textContent !== words) said.textContent = words;
    return true;
  }
}

customElements.define("export-progress", ExportProgress);
