// <account-menu>: what is in it is one's own, so pages that are the same for all fetch it.

import { manners } from "../../core/api.js";
import { prefix } from "../../core/place.js";
import { leave } from "../marks.js";

class AccountMenu extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector(".menu__sheet");
    if (this.sheet.childElementCount) return;
    // Whoever points at it or reaches it by keyboard will open it a moment later.
    for (const sign of ["pointerenter", "focusin"]) {
      this.addEventListener(sign, this.#fill, { once: true });
    }
    this.querySelector("details").addEventListener("toggle", this.#fill, { once: true });
  }

  #fill = async () => {
    if (this.isAsked) return;
    this.isAsked = true;
    try {
      const answer = await fetch(`${prefix}/me/menu/`, manners);
      if (answer.status === 403) return leave();
      if (!answer.ok) throw new Error(String(answer.status));
      this.sheet.innerHTML = await answer.text();
      globalThis.htmx?.process(this.sheet);
    } catch {
      this.isAsked = false;
      this.querySelector("details").addEventListener("toggle", this.#fill, { once: true });
    }
  };
}

customElements.define("account-menu", AccountMenu);
