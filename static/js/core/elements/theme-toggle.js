// <theme-toggle>: dark or light by hand, remembered; until then the system decides.

const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.#turn());
    dark.addEventListener("change", () => this.#show());
    this.#show();
  }

  get isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  #turn() {
    root.dataset.theme = this.isDark ? "light" : "dark";
    try {
      localStorage.setItem("nexus.theme", root.dataset.theme);
    } catch {
      // It holds for this page at least.
    }
    this.#show();
  }

  #show() {
    this.toggleAttribute("data-dark", this.isDark);
    this.button.setAttribute("aria-label", this.isDark ? "Use light colours" : "Use dark colours");
  }
}

customElements.define("theme-toggle", ThemeToggle);
