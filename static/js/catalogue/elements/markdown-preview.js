// <markdown-preview data-source="id" data-address="…">: what a text will look like, as the server
// draws it, a moment after the last key.

import { csrfToken } from "../../core/api.js";

const WAIT_MS = 400;

class MarkdownPreview extends HTMLElement {
  connectedCallback() {
    this.source = document.getElementById(this.dataset.source);
    this.shown = this.querySelector("[data-shown]");
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.source?.addEventListener("input", () => this.#soon(), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.gone.abort();
    clearTimeout(this.timer);
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#draw(), WAIT_MS);
  }

  async #draw() {
    const text = this.source?.value ?? "";
    const answer = await fetch(this.dataset.address, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ text }),
      signal: this.gone.signal,
    }).catch(() => null);
    // What was typed in between is drawn by a later answer.
    if (answer?.ok && text === this.source.value) this.shown.innerHTML = await answer.text();
  }
}

customElements.define("markdown-preview", MarkdownPreview);
