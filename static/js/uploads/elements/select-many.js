// <select-many data-form="…">: one box that ticks all the boxes of a form, and says how many are
// ticked. Shift and a press ticks all from the last one pressed.

class SelectMany extends HTMLElement {
  connectedCallback() {
    this.innerHTML = `<label class="choice"><input type="checkbox"><span>Select all</span></label>
      <span class="small soft figures" role="status"></span>`;
    this.all = this.querySelector("input");
    this.said = this.querySelector("[role]");
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.all.addEventListener("change", () => this.#tick(this.boxes, this.all.checked), { signal });
    document.addEventListener("click", (event) => this.#press(event), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  get boxes() {
    const form = this.dataset.form;
    return [...document.querySelectorAll(`.row-choice input[form="${form}"]`)];
  }

  #press(event) {
    const box = event.target;
    const { boxes } = this;
    const at = boxes.indexOf(box);
    if (at < 0) return;
    const from = boxes.indexOf(this.last);
    if (event.shiftKey && from >= 0) {
      this.#tick(boxes.slice(Math.min(at, from), Math.max(at, from) + 1), box.checked);
    }
    this.last = box;
    this.#show();
  }

  #tick(boxes, on) {
    for (const box of boxes) box.checked = on;
    this.#show();
  }

  #show() {
    const { boxes } = this;
    const chosen = boxes.filter((box) => box.checked).length;
    this.all.checked = chosen > 0 && chosen === boxes.length;
    this.all.indeterminate = chosen > 0 && chosen < boxes.length;
    this.said.textContent = chosen ? `${chosen} chosen` : "";
  }
}

customElements.define("select-many", SelectMany);
