// <download-progress again="?…" seconds="3" state="waits">: asks how far a download is, shows it, and
// lets it begin when it is ready. Without this module the page asks by being loaded again.

const STAYS = new Set([429, 500, 502, 503, 504]); // asking again may help

class DownloadProgress extends HTMLElement {
  connectedCallback() {
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  #wait() {
    if (this.getAttribute("state") !== "waits") return;
    this.timer = setTimeout(() => this.#ask(), Number(this.getAttribute("seconds")) * 1000);
  }

  async #ask() {
    const address = new URL(this.getAttribute("again"), location.href);
    const answer = await fetch(address).catch(() => null);
    const told = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!this.isConnected) return;
    const said = told?.querySelector("download-progress");
    if (said) this.#show(said);
    else if (answer && !STAYS.has(answer.status)) location.reload();
    else this.#wait();
  }

  #show(said) {
    const state = said.getAttribute("state");
    if (state === "waits") {
      this.querySelector("progress").value = said.querySelector("progress").value;
      const [figures, told] = [this, said].map((one) => one.querySelector("[data-figures]"));
      figures.textContent = told.textContent;
      this.#wait();
      return;
    }
    this.setAttribute("state", state);
    this.replaceChildren(...said.children);
    const begins = this.querySelector("[data-begins]");
    if (begins) location.assign(begins.href);
  }
}

customElements.define("download-progress", DownloadProgress);
