// <stem-states version="…">: how far each stem of the list is, told by the machine while it works.
// Only the words about that change: whoever renames a stem meanwhile is left alone.

import { LiveSocket } from "../../core/socket.js";

class StemStates extends HTMLElement {
  connectedCallback() {
    if (!this.#waits) return;
    this.socket = new LiveSocket(`/ws/versions/${this.getAttribute("version")}/stems/`, () =>
      this.#look(),
    );
  }

  disconnectedCallback() {
    this.socket?.close();
  }

  get #waits() {
    return this.querySelector(":is([data-status=pending], [data-status=processing])");
  }

  async #look() {
    const answer = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || !this.isConnected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of this.querySelectorAll("[data-stem]")) {
      const now = page.querySelector(`[data-stem="${row.dataset.stem}"]`);
      if (!now) continue;
      row.dataset.status = now.dataset.status;
      const [state, newer] = [row, now].map((each) => each.querySelector("[data-state]"));
      const words = newer.textContent.trim();
      if (state.textContent.trim() !== words) state.replaceChildren(...newer.childNodes);
    }
    if (!this.#waits) this.socket.close();
  }
}

customElements.define("stem-states", StemStates);
