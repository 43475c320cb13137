// <embed-example>: the player of the page about embedding, steered as a foreign page would do it.

import { NexusWidget } from "../../widget.js";

const EVENTS = ["ready", "play", "pause", "track", "finish", "error", "time"];
const LINES = 40;

class EmbedExample extends HTMLElement {
  connectedCallback() {
    this.log = this.querySelector("[data-log]");
    this.widget = new NexusWidget(this.querySelector("iframe"));
    for (const name of EVENTS) {
      this.widget.addEventListener(name, ({ detail }) => this.#show(name, detail));
    }
    this.addEventListener("click", (event) => {
      const action = event.target.closest("[data-do]")?.dataset.do;
      if (action) this.#do(action);
    });
  }

  disconnectedCallback() {
    this.widget.leave();
  }

  #do(action) {
    const { widget } = this;
    if (action === "seek") return widget.seek(20);
    if (action === "quiet") return widget.setVolume(0.4);
    return widget[action]();
  }

  #show(name, { position, duration, message }) {
    const figures = Number.isFinite(position)
      ? ` ${position.toFixed(1)} of ${duration.toFixed(1)} s`
      : "";
    const words = `${name}${figures}${message ? ` ${message}` : ""}`;
    // Of moments only the latest stands there.
    if (name === "time" && this.log.lastElementChild?.dataset.event === "time") {
      this.log.lastElementChild.textContent = words;
      return;
    }
    const line = document.createElement("p");
    line.dataset.event = name;
    line.textContent = words;
    this.log.append(line);
    while (this.log.children.length > LINES) this.log.firstElementChild.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }
}

customElements.define("embed-example", EmbedExample);
