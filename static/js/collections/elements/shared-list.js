// <shared-list live="/ws/…" revision="3">: rows that are moved by their grips or by the buttons of
// their forms, and taken out, without leaving the page; what others do to the same list is followed.
// Without this module the same forms do it.

import { csrfToken } from "../../core/api.js";
import { LiveSocket } from "../../core/socket.js";
import { connectGrips } from "../grips.js";
import { SharedOrder } from "../order.js";

const UNSAVED = "This was not saved. Try again.";

class SharedList extends HTMLElement {
  #work = Promise.resolve();
  #elsewhere = null; // places on other pages of this list

  connectedCallback() {
    this.list = this.querySelector("ol");
    this.said = this.querySelector("[data-said]");
    this.order = new SharedOrder([...this.rows.keys()], Number(this.getAttribute("revision")));
    this.addEventListener("submit", (event) => this.#submit(event));
    connectGrips(this, this.list, {
      held: () => (this.held = true),
      dropped: (row) => this.#dropped(row),
    });
    const live = this.getAttribute("live");
    if (live) this.socket = new LiveSocket(live, (told) => this.#hear(told));
  }

  disconnectedCallback() {
    this.socket?.close();
  }

  get rows() {
    return new Map([...this.list.children].map((row) => [row.dataset.item, row]));
  }

  #submit(event) {
    const { target: form, submitter } = event;
    const row = form.closest("[data-item]");
    if (!row) return;
    event.preventDefault();
    if ("remove" in form.dataset) this.#remove(row, form);
    else this.#step(row, Number(submitter.dataset.step));
  }

  #step(row, step) {
    const to = this.order.shown.indexOf(row.dataset.item) + step;
    if (to < 0 || to >= this.order.shown.length) return;
    this.#move(row, to);
    row.querySelector(`[data-step="${step}"]`).focus();
  }

  #dropped(row) {
    this.held = false;
    const shown = this.order.shown.filter((key) => key !== row.dataset.item);
    const [above, below] = [row.previousElementSibling, row.nextElementSibling];
    if (above) this.#move(row, shown.indexOf(above.dataset.item) + 1);
    else if (below) this.#move(row, shown.indexOf(below.dataset.item));
  }

  /** Let a row be the `to`th of all, here at once and then for everybody. */
  #move(row, to) {
    const key = row.dataset.item;
    if (this.order.shown.indexOf(key) === to) return this.#show();
    const move = this.order.begin(key, to);
    this.#show();
    const { action } = row.querySelector("[data-move]");
    const title = row.querySelector("a").textContent;
    this.#then(async () => {
      const answer = await this.#send(action, { behind: move.behind, before: move.before });
      if (answer) this.order.settle(move, answer.revision);
      else this.order.drop(move);
      this.#show();
      const number = this.order.shown.indexOf(key) + 1;
      this.#say(answer ? `${title} is number ${number} now.` : UNSAVED);
    });
  }

  #remove(row, form) {
    const title = row.querySelector("a").textContent;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    this.#then(async () => {
      if (!(await this.#send(form.action, {}))) return this.#say(UNSAVED);
      this.order.remove(row.dataset.item);
      this.#show();
      this.#say(`${title} was taken out.`);
      return next?.querySelector("[data-remove] button")?.focus();
    });
  }

  #hear(told) {
    if (!this.order.hear(told)) {
      this.socket.say({ whole: true });
      return;
    }
    if (this.#elsewhere === null) {
      const known = this.hasAttribute("paged") ? told.order : [];
      this.#elsewhere = new Set(known.filter((key) => !this.rows.has(key)));
    }
    const lacks = (key) => !this.#elsewhere.has(key) && !this.rows.has(key);
    if (this.order.keys.some(lacks)) this.#then(() => this.#fetch());
    this.#show();
  }

  /** Take up the rows that others have added since the page was made. */
  async #fetch() {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = this.rows;
    for (const row of page.querySelectorAll("shared-list [data-item]")) {
      if (!known.has(row.dataset.item)) this.list.append(document.adoptNode(row));
    }
    for (const key of this.order.keys) if (!this.rows.has(key)) this.#elsewhere.add(key);
    this.#show();
  }

  /** Let the rows stand as the order says; what has the focus keeps it. */
  #show() {
    if (this.held) return;
    const { rows } = this;
    const focused = document.activeElement;
    const wanted = this.order.shown.filter((key) => rows.has(key)).map((key) => rows.get(key));
    for (const row of rows.values()) if (!wanted.includes(row)) row.remove();
    for (const [place, row] of wanted.entries()) {
      if (this.list.children[place] !== row) this.list.insertBefore(row, this.list.children[place]);
    }
    this.querySelector("[data-empty]").hidden = wanted.length > 0;
    if (focused !== document.activeElement && focused.isConnected) focused.focus();
  }

  /** One thing after another, in the order in which they were done. */
  #then(action) {
    this.#work = this.#work.then(action).catch(() => this.#say(UNSAVED));
  }

  async #send(address, words) {
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const body = new URLSearchParams(words);
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }

  #say(words) {
    this.said.textContent = words;
  }
}

customElements.define("shared-list", SharedList);
