// <copy-text>: a field that is only read, and a button that copies it.

import { copy } from "../copying.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const field = this.querySelector("input");
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", () => {
      button.setAttribute("aria-live", "polite");
      copy(field, button);
    });
  }
}

customElements.define("copy-text", CopyText);
