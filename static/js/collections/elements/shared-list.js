// <shared-list live="/ws/…" revision="3">: movable rows of an order that several people arrange, by
// neighbours; what others do to the same list is followed. Without this module the same forms do it.

import { LiveSocket } from "../../core/socket.js";
import { MovableRows, UNSAVED } from "../movable-rows.js";
import { SharedOrder } from "../order.js";

class SharedList extends MovableRows {
  #elsewhere = null; // places on other pages of this list

  connectedCallback() {
    super.connectedCallback();
    this.order = new SharedOrder([...this.rows.keys()], Number(this.getAttribute("revision")));
    const live = this.getAttribute("live");
    if (live) this.socket = new LiveSocket(live, (told) => this.#hear(told));
  }

  disconnectedCallback() {
    this.socket?.close();
  }

  get rows() {
    return new Map([...this.list.children].map((row) => [row.dataset.item, row]));
  }

  get count() {
    return this.order.shown.length;
  }

  placeOf(row) {
    return this.order.shown.indexOf(row.dataset.item);
  }

  dropped(row) {
    const shown = this.order.shown.filter((key) => key !== row.dataset.item);
    const [above, below] = [row.previousElementSibling, row.nextElementSibling];
    if (above) this.move(row, shown.indexOf(above.dataset.item) + 1);
    else if (below) this.move(row, shown.indexOf(below.dataset.item));
  }

  /** Let a row be the `to`th of all, here at once and then for everybody. */
  move(row, to) {
    if (this.placeOf(row) === to) return this.#show();
    const move = this.order.begin(row.dataset.item, to);
    this.#show();
    this.inTurn(async () => {
      const answer = await this.sendMove(row, { behind: move.behind, before: move.before });
      if (answer) this.order.settle(move, (await answer.json()).revision);
      else this.order.drop(move);
      this.#show();
      const number = this.placeOf(row) + 1;
      this.say(answer ? `${this.titleOf(row)} is number ${number} now.` : UNSAVED);
    });
  }

  removed(row) {
    this.order.remove(row.dataset.item);
    this.#show();
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
    if (this.order.keys.some(lacks)) this.inTurn(() => this.#fetch());
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
}

customElements.define("shared-list", SharedList);
