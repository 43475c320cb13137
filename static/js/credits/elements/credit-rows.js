// <credit-rows>: rows of names that are added, moved and taken out in the page, by keys, touch and
// mouse; names are suggested as one types. Without this module the same buttons ask the server.

const WAIT_MS = 150;
const DONE = { up: "was moved up", down: "was moved down", remove: "was taken out" };

class CreditRows extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.blank = this.querySelector("template");
    this.said = this.querySelector("[data-said]");
    this.names = this.querySelector("datalist");
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("pointerdown", (event) => this.#grab(event));
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

  #grab(event) {
    const row = event.target.closest("[data-grip]")?.closest("[data-row]");
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const held = new AbortController();
    const { signal } = held;
    row.setAttribute("data-held", "");
    const follow = ({ clientY }) => {
      const rows = [...this.list.children];
      const at = rows.indexOf(row);
      const over = rows.findIndex((each) => {
        const box = each.getBoundingClientRect();
        return clientY >= box.top && clientY < box.bottom;
      });
      if (over > at) rows[over].after(row);
      else if (over >= 0 && over < at) rows[over].before(row);
    };
    const drop = () => {
      held.abort();
      row.removeAttribute("data-held");
    };
    document.addEventListener("pointermove", follow, { signal });
    document.addEventListener("pointerup", drop, { signal });
    document.addEventListener("pointercancel", drop, { signal });
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
