// <tag-words>: offers tags for the word that is being typed, the one behind the last comma.

const WAIT_MS = 150;

class TagWords extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.offers = this.querySelector("datalist");
    this.input.addEventListener("input", () => this.#soon());
  }

  #soon() {
    clearTimeout(this.waiting);
    const { value } = this.input;
    const at = Math.max(value.lastIndexOf(","), value.lastIndexOf(";")) + 1;
    const begins = value.slice(at).trim();
    if (begins) this.waiting = setTimeout(() => this.#ask(value.slice(0, at), begins), WAIT_MS);
  }

  async #ask(before, begins) {
    const address = `${this.getAttribute("tags")}?${new URLSearchParams({ begins })}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const { results } = await answer.json();
    const lead = before ? `${before} ` : "";
    this.offers.replaceChildren(
      ...results.map(({ name, uses }) =>
        Object.assign(document.createElement("option"), { value: lead + name, label: `${uses}` }),
      ),
    );
  }
}

customElements.define("tag-words", TagWords);
