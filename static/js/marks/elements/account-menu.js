// <account-menu>: the name of who is signed in, filled in on pages that are the same for all.

import { csrfToken } from "../../core/api.js";
import "../marks.js";

class AccountMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#sign);
    document.addEventListener("person:known", this.#fill);
    document.dispatchEvent(new Event("person:asked"));
  }

  disconnectedCallback() {
    document.removeEventListener("person:known", this.#fill);
  }

  #fill = ({ detail: { name, handle, admin_url } }) => {
    this.querySelector("[data-part=name]").textContent = name;
    this.querySelector("[data-part=handle]").textContent = `@${handle}`;
    if (!admin_url || this.querySelector("[data-part=admin]")) return;
    const link = Object.assign(document.createElement("a"), { href: admin_url });
    link.textContent = "Administration";
    link.dataset.part = "admin";
    link.setAttribute("hx-boost", "false");
    this.querySelector("form").before(link);
  };

  #sign = ({ target }) => {
    target.elements.csrfmiddlewaretoken.value ||= csrfToken();
  };
}

customElements.define("account-menu", AccountMenu);
