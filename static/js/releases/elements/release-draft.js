// <release-draft release="…">: where a release is made. It fills in while its files are read, and
// takes nothing that is being written; discs and titles keep in step with what is moved.

import { api, csrfToken } from "../../core/api.js";
import { refresh } from "../../core/navigation.js";
import { LiveSocket } from "../../core/socket.js";
import { toast } from "../../core/toast.js";
import { redraw } from "../redraw.js";

class ReleaseDraft extends HTMLElement {
  connectedCallback() {
    this.release = this.getAttribute("release");
    this.drawn = Promise.resolve();
    this.addEventListener("order:saved", () => this.#follow());
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("focusout", () => this.isLeft && refresh());
    this.left = new AbortController();
    const { signal } = this.left;
    document.addEventListener("page:refresh", (event) => this.#redraw(event), { signal });
    this.socket = new LiveSocket(`/ws/releases/${this.release}/`, (told) => this.#hear(told));
  }

  disconnectedCallback() {
    this.left.abort();
    this.socket.close();
  }

  #hear({ unread, stamp }) {
    const place = this.querySelector("[data-unread]");
    place.hidden = !unread;
    place.querySelector("[data-count]").textContent = String(unread);
    const changed = this.stamp !== undefined && this.stamp !== stamp;
    this.stamp = stamp;
    if (changed) refresh();
  }

  /** One after the other, or an older answer would be drawn over a newer one. */
  #redraw(event, names) {
    event?.preventDefault();
    this.drawn = this.drawn.then(async () => {
      const isLeft = await redraw(this, names);
      if (!names) this.isLeft = isLeft;
    });
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
    const title = body.get("title");
    form.elements.title.defaultValue = title;
    form.closest("[data-item]").querySelector("h3 a").textContent = title;
    return toast("Title saved.");
  }

  /** After a move: where discs begin, and what publishing does. */
  async #follow() {
    this.#redraw(null, ["fates"]);
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
