// <search-box>: offers what one may be about to type: names, tags, titles; for tag: and by:, values.
// The pattern is that of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: the focus stays in the
// field, arrows choose, Enter opens, Escape closes.

const WAIT_MS = 120;
const TYPES = {
  track: "Track",
  release: "Release",
  playlist: "Playlist",
  artist: "Artist",
  person: "Person",
  tag: "Tag",
  label: "Label",
};
const VALUES = { tag: ["tag"], by: ["artist", "person"] };
const LAST = /(?:^|\s)(-?)(tag|by):"?([^"\s]*)$/;
let boxes = 0;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    boxes += 1;
    Object.assign(this.list, { id: `offers-${boxes}`, className: "offers", role: "listbox" });
    this.list.ariaLabel = "Suggestions";
    this.list.hidden = true;
    this.append(this.list);
    this.input.role = "combobox";
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.ariaExpanded = "false";
    this.input.addEventListener("input", () => this.#soon());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget)) this.#close();
    });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#click(event));
    if (this.input.value && document.activeElement === this.input) this.#soon();
  }

  #soon() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    if (!this.input.value.trim()) return this.#close();
    this.waiting = setTimeout(() => this.#ask(), WAIT_MS);
  }

  async #ask() {
    const { value } = this.input;
    const [whole, minus, name, begun] = value.match(LAST) ?? [];
    const q = name ? begun : value;
    if (!q) return this.#close();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const address = `${document.documentElement.dataset.prefix}/api/v1/suggest/?${new URLSearchParams({ q })}`;
    const answer = await fetch(address, { signal }).catch(() => null);
    if (!answer?.ok || this.input.value !== value) return;
    const { results } = await answer.json();
    if (!name) return this.#offer(results);
    const before = value.slice(0, value.length - whole.trimStart().length);
    this.#offer(
      results
        .filter(({ type }) => VALUES[name].includes(type))
        .map((found) => ({ ...found, completed: `${before}${minus}${name}:"${found.title}" ` })),
    );
  }

  #offer(results) {
    this.list.replaceChildren(...results.map((found, n) => this.#option(found, n)));
    this.list.hidden = !results.length;
    this.input.ariaExpanded = String(!this.list.hidden);
    this.input.removeAttribute("aria-activedescendant");
    htmx.process(this.list);
  }

  #option({ type, title, words, url, completed }, n) {
    // The link is the option itself: a link inside of one is nothing that can be pressed there.
    const row = document.createElement("li");
    row.role = "none";
    const option = document.createElement("a");
    Object.assign(option, { id: `${this.list.id}-${n}`, role: "option", ariaSelected: "false" });
    option.tabIndex = -1;
    option.href = completed ? "#" : url;
    if (completed) option.dataset.completed = completed;
    const name = document.createElement("span");
    Object.assign(name, { className: "one-line", dir: "auto", textContent: title });
    const said = document.createElement("span");
    const text = [TYPES[type] ?? type, words].filter(Boolean).join(" · ");
    Object.assign(said, { className: "soft small one-line", textContent: text });
    option.append(name, said);
    row.append(option);
    return row;
  }

  #key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.#close();
    }
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.chosen.click();
    }
  }

  get chosen() {
    return this.list.querySelector("[aria-selected=true]");
  }

  #choose(step) {
    const options = [...this.list.querySelectorAll("[role=option]")];
    const { chosen } = this;
    const from = chosen ? options.indexOf(chosen) : step > 0 ? -1 : options.length;
    const next = options[from + step];
    if (chosen) chosen.ariaSelected = "false";
    if (!next) return this.input.removeAttribute("aria-activedescendant");
    next.ariaSelected = "true";
    next.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", next.id);
  }

  #click(event) {
    const { completed } = event.target.closest("[role=option]")?.dataset ?? {};
    this.#close();
    if (completed === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.input.value = completed;
    this.input.focus();
  }

  #close() {
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("search-box", SearchBox);
