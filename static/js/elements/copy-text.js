// <copy-text>: a field that is only read, and a button that copies it.

const SAID_MS = 2000;

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const field = this.querySelector("input");
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        this.#say(button, "Copied");
      } catch {
        field.select(); // no permission: it is marked, ready for the hand
        this.#say(button, "Press Ctrl+C");
      }
    });
  }

  #say(button, words) {
    button.setAttribute("aria-live", "polite");
    this.before ??= button.innerHTML;
    button.textContent = words;
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      button.innerHTML = this.before;
    }, SAID_MS);
  }
}

customElements.define("copy-text", CopyText);
