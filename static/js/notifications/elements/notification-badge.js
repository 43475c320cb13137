// <notification-badge>: how many notifications were not read, told by the server whenever it changes.

import { LiveSocket } from "../../core/socket.js";

class NewsBadge extends HTMLElement {
  connectedCallback() {
    this.socket = new LiveSocket("/ws/notifications/", ({ unread }) => this.#show(unread));
  }

  disconnectedCallback() {
    this.socket.close();
  }

  #show(unread) {
    this.toggleAttribute("data-some", unread > 0);
    const figure = document.createElement("span");
    figure.setAttribute("aria-hidden", "true");
    figure.textContent = unread > 99 ? "99+" : String(unread);
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = unread ? `, ${unread} new` : "";
    this.replaceChildren(...(unread ? [figure, words] : []));
  }
}

customElements.define("notification-badge", NewsBadge);
