// <rule-rows preview="/…/" most="12">: rows of rules that are added and taken out without leaving
// the page, each offering what suits what it asks for; what they choose is shown as one writes.
// Without this module the same buttons do it, by way of the server.

import { csrfToken } from "../../core/api.js";

const SOON_MS = 350;

class RuleRows extends HTMLElement {
  #timer = 0;
  #asked = 0;

  connectedCallback() {
    this.list = this.#part("rules");
    this.model = this.list.lastElementChild.cloneNode(true);
    for (const row of this.list.children) this.#suit(row);
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("input", () => this.#changed());
    this.addEventListener("change", ({ target }) => {
      const row = target.closest("[data-rule]");
      if (row && target.name === "field") this.#suit(row, true);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #press(event) {
    const button = event.target.closest("button[data-part]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.part === "add") this.#add();
    else this.#remove(button.closest("[data-rule]"));
  }

  #add() {
    if (this.list.children.length >= Number(this.getAttribute("most"))) {
      this.#say(`There are ${this.getAttribute("most")} rules, which is the most.`);
      return;
    }
    const row = this.model.cloneNode(true);
    row.querySelector(".field__error")?.remove();
    const value = row.querySelector("[name=value]");
    value.value = "";
    value.removeAttribute("aria-invalid");
    value.removeAttribute("aria-describedby");
    this.list.append(row);
    this.#suit(row, true);
    row.querySelector("[name=field]").focus();
    this.#changed();
  }

  #remove(row) {
    if (this.list.children.length === 1) {
      row.querySelector("[name=value]").value = "";
      row.querySelector("[name=value]").focus();
    } else {
      const near = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      near.querySelector("[data-part=remove]").focus();
    }
    this.#say("The rule was taken out.");
    this.#changed();
  }

  /** Offer the operators and values that suit what the row asks for. */
  #suit(row, isNew = false) {
    const [field, operator] = row.querySelectorAll("select");
    const value = row.querySelector("[name=value]");
    const { operators, hint } = field.selectedOptions[0].dataset;
    const known = operators.split(" ");
    for (const option of operator.options) option.hidden = !known.includes(option.value);
    if (!known.includes(operator.value)) operator.value = known[0];
    value.placeholder = hint;
    if (isNew) value.value = "";
    const list = `rule-${field.value}`;
    if (document.getElementById(list)) value.setAttribute("list", list);
    else value.removeAttribute("list");
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#preview(), SOON_MS);
  }

  async #preview() {
    const asked = ++this.#asked;
    const body = new FormData(this.closest("form"));
    body.delete("do");
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const address = this.getAttribute("preview");
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok || asked !== this.#asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.#part("preview").replaceChildren(...page.body.childNodes);
  }

  #part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  #say(sentence) {
    this.#part("said").textContent = sentence;
  }
}

customElements.define("rule-rows", RuleRows);
