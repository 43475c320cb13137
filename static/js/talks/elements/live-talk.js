// <live-talk live="/ws/…">: what moderators write appears without a reload; so does what was answered
// from another page. Without this module the same page shows it when it is loaded again.

import { append } from "../../core/lines.js";
import { LiveSocket } from "../../core/socket.js";

const OVER = "This page follows the talk no more. Load it again.";

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.socket = new LiveSocket(
      this.getAttribute("live"),
      (told) => this.#hear(told),
      () => {
        this.querySelector("[data-over]").textContent = OVER;
      },
    );
  }

  disconnectedCallback() {
    this.socket.close();
  }

  #hear({ lines, may_answer: mayAnswer }) {
    if (!lines) return;
    const section = this.querySelector("section");
    if (section) section.hidden = false;
    append(this.querySelector("[data-lines]"), lines);
    // A form in which somebody writes is left where it is.
    const form = this.querySelector("form");
    if (mayAnswer || !form.contains(document.activeElement)) form.hidden = !mayAnswer;
    this.querySelector("[data-waits]").hidden = mayAnswer;
  }
}

customElements.define("live-talk", LiveTalk);
