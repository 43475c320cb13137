// <in-place data-field="…">: what an owner may change, with a link to the form of this one field.
// The form comes from the server, stands where the field stood, and goes when it is saved; what the
// server refuses it says beside the field. Without this module the link leads to the same form.

import { csrfToken } from "../../core/api.js";
import { refresh } from "../../core/navigation.js";
import { toast } from "../../core/toast.js";

const FAILED = "Nexus could not be reached. Your words are still here.";
const TYPED = "input:not([type='hidden']), select, textarea";

class InPlace extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.form) this.#close();
    });
  }

  get link() {
    return this.querySelector("[data-edits]");
  }

  get form() {
    return this.querySelector(".in-place__form");
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { target } = event;
    if (target.closest("[data-edits]")) {
      event.preventDefault();
      this.#open();
    } else if (target.closest("[data-cancels]")) {
      event.preventDefault();
      this.#close();
    }
  }

  async #open() {
    const { href } = this.link;
    const answer = await ask(href);
    if (!answer?.ok) return location.assign(href);
    return this.#show(await answer.text());
  }

  /** Put a form in the field's place; what was refused is said and focused. */
  #show(html) {
    this.form?.remove();
    this.insertAdjacentHTML("beforeend", html);
    this.toggleAttribute("data-open", true);
    document.dispatchEvent(new Event("sheet:opened")); // what it needs is fetched
    const field = this.form.querySelector(":checked") ?? this.form.querySelector(TYPED);
    field?.focus();
    if (field?.type === "text") field.select();
  }

  #close() {
    this.form.remove();
    this.toggleAttribute("data-open", false);
    this.link.focus({ preventScroll: true });
  }

  async #submit(event) {
    event.preventDefault();
    const { form } = this;
    const button = form.querySelector("[type='submit']");
    if (button.disabled) return;
    button.disabled = true;
    const answer = await ask(form.action, { method: "POST", body: new FormData(form) });
    button.disabled = false;
    if (answer?.status === 422) return this.#show(await answer.text());
    const saved = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!saved) return toast(answer ? "This was not saved. Reload the page." : FAILED);
    return this.#saved(saved.url);
  }

  /** The page is drawn anew where it is now, and the focus stays on this field. */
  #saved(url) {
    const { field } = this.dataset;
    const isMoved = new URL(url, location).pathname !== location.pathname;
    if (isMoved && !location.pathname.includes("/edit/")) history.replaceState(null, "", url);
    this.#close();
    toast("Saved.");
    const back = () => {
      const place = document.querySelector(`in-place[data-field="${field}"]`);
      place?.link?.focus({ preventScroll: true });
    };
    document.addEventListener("htmx:after:swap", back, { once: true });
    refresh();
  }
}

/** The server's answer to a script; null where there is none. */
function ask(address, how = {}) {
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken() };
  return fetch(address, { credentials: "same-origin", headers, ...how }).catch(() => null);
}

customElements.define("in-place", InPlace);
