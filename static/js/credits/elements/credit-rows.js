// <credit-rows>: rows of names that are added, moved and taken out in the page, by keys, touch and
// mouse; names are suggested as one types. Without this module the same buttons ask the server.

import { connectGrips } from "../../core/grips.js";

const WAIT_MS = 150;
const DONE = { up: "was moved up", down: "was moved down", remove: "was taken out" };

class CreditRows extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.blank = this.querySelector("template");
    this.said = this.querySelector("[data-said]");
    this.names = this.querySelector("datalist");
    this.addEventListener("click", (event) => this.#press(event));
    connectGrips(this.list);
    this.addEventListener("input", (event) => this.#suggest(event.target));
  }

  #press(event) {
    const button = event.target.closest("button[name=act]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.deed) this.#change(button);
    else this.#add();
  }

  #add() {
    this.list.append(this.blank.content.cloneNode(true));
    this.list.lastElementChild.querySelector("input").focus();
  }

  #change(button) {
    const { deed } = button.dataset;
    const row = button.closest("[data-row]");
    const name = row.querySelector("input").value || "The row";
    if (deed === "remove") {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next ?? this).querySelector("[data-deed=remove], button[name=act]").focus();
    } else {
      const other = deed === "up" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (deed === "up") other.before(row);
      else other.after(row);
      button.focus();
    }
    this.said.textContent = `${name} ${DONE[deed]}.`;
  }

  #suggest(input) {
    if (!input.matches(".credit-row__name")) return;
    clearTimeout(this.waiting);
    const begins = input.value.trim();
    if (begins) this.waiting = setTimeout(() => this.#ask(begins), WAIT_MS);
  }

  async #ask(begins) {
    const address = `${this.getAttribute("names")}?${new URLSearchParams({ begins })}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const { results } = await answer.json();
    this.names.replaceChildren(
      ...results.map(({ name }) =>
        Object.assign(document.createElement("option"), { value: name }),
      ),
    );
  }
}

customElements.define("credit-rows", CreditRows);
