// <release-draft release="…">: where a release is made. It fills in while its files are read, names
// the visitor's time zone, and keeps discs and titles in step with what is moved.

import { api, csrfToken } from "../../core/api.js";
import { refresh } from "../../core/navigation.js";
import { LiveSocket } from "../../core/socket.js";
import { toast } from "../../core/toast.js";

class ReleaseDraft extends HTMLElement {
  connectedCallback() {
    this.release = this.getAttribute("release");
    this.#guessZone();
    this.addEventListener("order:saved", () => this.#readDiscs());
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("focusin", () => clearTimeout(refresh.timer));
    this.addEventListener("input", () => this.#touch());
    this.socket = new LiveSocket(`/ws/releases/${this.release}/`, (told) => this.#hear(told));
  }

  disconnectedCallback() {
    this.socket.close();
  }

  /** Draw it anew when something was read, unless somebody is in the middle of writing. */
  #hear({ unread, stamp }) {
    const place = this.querySelector("[data-unread]");
    place.hidden = !unread;
    place.querySelector("[data-count]").textContent = String(unread);
    const changed = this.stamp !== undefined && this.stamp !== stamp;
    this.stamp = stamp;
    if (changed && !this.isTouched) refresh();
  }

  /** Somebody writes: a refresh that is about to come would take it away. */
  #touch() {
    this.isTouched = true;
    clearTimeout(refresh.timer);
  }

  #guessZone() {
    const select = this.querySelector("[data-zone][data-guess]");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (select && [...select.options].some((option) => option.value === own)) select.value = own;
  }

  #submit(event) {
    if (!("rename" in event.target.dataset)) return;
    event.preventDefault();
    this.#rename(event.target);
  }

  async #rename(form) {
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok) return toast("The title was not saved. Try again.");
    this.isTouched = false;
    const title = form.elements.title.value;
    form.closest("[data-item]").querySelector("h3 a").textContent = title;
    return toast("Title saved.");
  }

  async #readDiscs() {
    const told = await api("GET", `/releases/${this.release}/`).catch(() => null);
    if (!told) return;
    let before = 1;
    const many = told.tracks.some(({ disc }) => disc > 1);
    for (const [index, { track, disc }] of told.tracks.entries()) {
      const row = this.querySelector(`[data-track="${track}"]`);
      const begins = disc !== before || (index === 0 && many);
      before = disc;
      if (!row) continue;
      row.querySelector("[data-disc]").hidden = !begins;
      row.querySelector("[data-disc-number]").textContent = String(disc);
    }
  }
}

customElements.define("release-draft", ReleaseDraft);
