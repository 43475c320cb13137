// What lists of the page have in common whose rows are moved by their grips or by the buttons of
// their forms, and taken out, without leaving it. A list says what its order is:
//   placeOf(row)      which place it has; count: how many there are
//   move(row, to)     let it be the `to`th, and save that
//   dropped(row)      a hand let it go where it lies now
//   removed(row)      it was taken out

import { csrfToken } from "../core/api.js";
import { connectGrips } from "../core/grips.js";

export const UNSAVED = "This was not saved. Try again.";

export class MovableRows extends HTMLElement {
  #work = Promise.resolve();

  connectedCallback() {
    this.list = this.querySelector("ol");
    this.said = this.querySelector("[data-said]");
    this.addEventListener("submit", (event) => this.#submit(event));
    connectGrips(this.list, {
      held: (row) => {
        this.held = row;
      },
      dropped: (row) => {
        this.held = null;
        this.dropped(row);
      },
    });
  }

  #submit(event) {
    const { target: form, submitter } = event;
    const row = form.closest("[data-item]");
    if (!row || !("remove" in form.dataset || "move" in form.dataset)) return;
    event.preventDefault();
    if ("remove" in form.dataset) this.#takeOut(row, form.action);
    else this.#step(row, Number(submitter.dataset.step));
  }

  #step(row, step) {
    const to = this.placeOf(row) + step;
    if (to < 0 || to >= this.count) return;
    this.move(row, to);
    row.querySelector(`[data-step="${step}"]`).focus();
  }

  #takeOut(row, address) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    this.inTurn(async () => {
      if (!(await this.send(address, {}))) return this.say(UNSAVED);
      this.removed(row);
      this.say(`${this.titleOf(row)} was taken out.`);
      return next?.querySelector("[data-remove] button")?.focus();
    });
  }

  titleOf(row) {
    return row.querySelector("[data-title], a").textContent;
  }

  /** Send where it is to stand; resolves to the answer, null where it was not taken. */
  sendMove(row, words) {
    return this.send(row.querySelector("[data-move]").action, words);
  }

  async send(address, words) {
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const body = new URLSearchParams(words);
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    return answer?.ok ? answer : null;
  }

  /** One thing after another, in the order in which they were done. */
  inTurn(action) {
    this.#work = this.#work.then(action).catch(() => this.say(UNSAVED));
  }

  say(words) {
    this.said.textContent = words;
  }
}
