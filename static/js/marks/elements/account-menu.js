// <account-menu>: the name of who is signed in, filled in on pages that are the same for all.

import { csrfToken } from "../../core/api.js";

class AccountMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#sign);
    document.addEventListener("person:known", this.#fill);
    document.dispatchEvent(new Event("person:asked"));
  }

  disconnectedCallback() {
    document.removeEventListener("person:known", this.#fill);
  }

  #fill = ({ detail: { name, handle, is_staff } }) => {
    this.querySelector("[data-part=name]").textContent = name;
    this.querySelector("[data-part=handle]").textContent = `@${handle}`;
    this.querySelector("[data-part=staff]").hidden = !is_staff;
  };

  #sign = ({ target }) => {
    target.elements.csrfmiddlewaretoken.value ||= csrfToken();
  };
}

customElements.define("account-menu", AccountMenu);
