// <order-list>: movable rows of an order that one person arranges, by numbers; told by `order:saved`.
// Without this module the same forms do it.

import { MovableRows, UNSAVED } from "../movable-rows.js";

class OrderList extends MovableRows {
  connectedCallback() {
    super.connectedCallback();
    this.first = Number(this.querySelector("[data-step]").value) + 1;
    this.kept = this.rows;
  }

  get rows() {
    return [...this.list.children];
  }

  get count() {
    return this.list.children.length;
  }

  placeOf(row) {
    return this.rows.indexOf(row);
  }

  move(row, to) {
    this.#put(row, to);
    this.dropped(row);
  }

  /** Save where it lies now; where that fails, it goes back to where it was. */
  dropped(row) {
    const [from, to] = [this.kept.indexOf(row), this.placeOf(row)];
    if (from === to) return;
    this.#settle();
    this.inTurn(async () => {
      if (await this.sendMove(row, { to: this.first + to })) {
        this.say(`${this.titleOf(row)} is number ${this.first + to + 1} now.`);
        this.#told();
      } else {
        this.#put(row, from);
        this.#settle();
        this.say(UNSAVED);
      }
    });
  }

  removed(row) {
    row.remove();
    this.#settle();
    this.#told();
  }

  #put(row, to) {
    const place = this.rows[to];
    if (to > this.placeOf(row)) place.after(row);
    else if (place !== row) place.before(row);
  }

  /** What the buttons would send without this module follows the order. */
  #settle() {
    this.kept = this.rows;
    for (const [place, row] of this.kept.entries()) {
      for (const button of row.querySelectorAll("[data-step]")) {
        button.value = String(this.first + place + Number(button.dataset.step));
      }
    }
  }

  /** Whoever shows more of the order than this list does reads it anew. */
  #told() {
    this.dispatchEvent(new CustomEvent("order:saved", { bubbles: true }));
  }
}

customElements.define("order-list", OrderList);
