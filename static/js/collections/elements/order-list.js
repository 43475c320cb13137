// <order-list>: rows that are moved by their grips or by the buttons of their forms, and taken out,
// without leaving the page. Without this module the same forms do it.

import { csrfToken } from "../../core/api.js";

class OrderList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.said = this.querySelector("[data-said]");
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("pointerdown", (event) => this.#grab(event));
    this.first = Number(this.querySelector("[data-step]").value) + 1;
    this.#number();
  }

  get rows() {
    return [...this.list.children];
  }

  #submit(event) {
    const { target: form, submitter } = event;
    const row = form.closest("[data-item]");
    if (!row) return;
    event.preventDefault();
    if ("remove" in form.dataset) this.#remove(row, form);
    else this.#step(row, Number(submitter.dataset.step));
  }

  async #step(row, step) {
    const { rows } = this;
    const from = rows.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= rows.length) return;
    this.#put(row, from, to);
    row.querySelector(`[data-step="${step}"]`).focus();
    await this.#save(row, from);
  }

  /** Put a row where the `to`th stands. */
  #put(row, from, to) {
    const place = this.rows[to];
    if (to > from) place.after(row);
    else place.before(row);
  }

  #grab(event) {
    const row = event.target.closest("[data-grip]")?.closest("[data-item]");
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const from = this.rows.indexOf(row);
    const held = new AbortController();
    const { signal } = held;
    row.setAttribute("data-held", "");
    const follow = ({ clientY }) => {
      const { rows } = this;
      const at = rows.indexOf(row);
      const over = rows.findIndex((each) => {
        const box = each.getBoundingClientRect();
        return clientY >= box.top && clientY < box.bottom;
      });
      if (over >= 0 && over !== at) this.#put(row, at, over);
    };
    const drop = () => {
      held.abort();
      row.removeAttribute("data-held");
      if (this.rows.indexOf(row) !== from) this.#save(row, from);
    };
    document.addEventListener("pointermove", follow, { signal });
    document.addEventListener("pointerup", drop, { signal });
    document.addEventListener("pointercancel", drop, { signal });
  }

  async #save(row, from) {
    const to = this.rows.indexOf(row);
    const form = row.querySelector("[data-move]");
    const title = row.querySelector("a").textContent;
    if (await this.#send(form.action, { to: this.first + to })) {
      this.#number();
      this.#say(`${title} is number ${this.first + to + 1} now.`);
    } else {
      this.#put(row, to, from);
      this.#say("This was not saved. Try again.");
    }
  }

  async #remove(row, form) {
    const title = row.querySelector("a").textContent;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (!(await this.#send(form.action, {}))) return this.#say("This was not saved. Try again.");
    row.remove();
    this.#number();
    this.#say(`${title} was taken out.`);
    return next?.querySelector("[data-remove] button").focus();
  }

  async #send(address, words) {
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const body = new URLSearchParams(words);
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    return answer?.ok ?? false;
  }

  /** What the buttons would send without this module follows the order. */
  #number() {
    for (const [place, row] of this.rows.entries()) {
      for (const button of row.querySelectorAll("[data-step]")) {
        button.value = String(this.first + place + Number(button.dataset.step));
      }
    }
  }

  #say(words) {
    this.said.textContent = words;
  }
}

customElements.define("order-list", OrderList);
