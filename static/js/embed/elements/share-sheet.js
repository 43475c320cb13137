// <share-sheet>: the link of a page, at this second or for this passage, and the code of its embed
// with a look at it before it is copied.

import { copy } from "../../core/copying.js";
import { clock } from "../../core/words.js";
import { player } from "../../playback/player.js";

const LOOK_MS = 300;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** "1:23" or "83" → 83; 0 for anything else. */
function seconds(text) {
  const parts = text.split(":").map(Number);
  const sum = parts.reduce((total, part) => total * 60 + part, 0);
  return Number.isFinite(sum) && sum > 0 ? sum : 0;
}

class ShareSheet extends HTMLElement {
  #ownAccent = false;

  connectedCallback() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { theme, accent, start, plain, pass, code } = this.parts;
    this.code = code.value;
    this.opening = new MutationObserver(() => this.#opened());
    this.opening.observe(this.closest("dialog"), { attributeFilter: ["open"] });
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("change", (event) => {
      if (event.target.name === "share-from") this.#showLink();
    });
    this.querySelector("details").addEventListener("toggle", () => this.#look());
    theme.addEventListener("change", () => this.#look());
    start?.addEventListener("input", () => this.#look());
    accent.addEventListener("input", () => this.#tint(true));
    plain.addEventListener("click", () => this.#tint(false));
    pass.hidden = !navigator.share;
    pass.addEventListener("click", () => this.#pass());
    this.#opened();
  }

  disconnectedCallback() {
    this.opening.disconnect();
  }

  get isCurrent() {
    return Boolean(this.dataset.version) && player.is(this.dataset.version);
  }

  /** What is repeated, or marked on the waveform: {from, to} in seconds, or null. */
  get range() {
    return (this.isCurrent && player.loop) || document.querySelector("wave-form")?.range;
  }

  get now() {
    return this.isCurrent ? Math.floor(player.position) : 0;
  }

  #opened() {
    if (!this.closest("dialog").open) {
      clearTimeout(this.looking); // what was about to be shown
      return this.parts.preview.removeAttribute("src");
    }
    if (this.dataset.version) this.#offer();
    this.#showLink();
    return this.#look();
  }

  /** Offer the moments there are just now. */
  #offer() {
    const { moment, now, passage, loop } = this.parts;
    const { range } = this;
    this.at = this.now;
    now.textContent = clock(this.at);
    moment.hidden = !this.at;
    passage.hidden = !range;
    if (range) loop.textContent = `${clock(range.from)}–${clock(range.to)}`;
    const chosen = this.querySelector("[name=share-from]:checked");
    if (chosen?.closest("[hidden]")) this.querySelector("[name=share-from]").checked = true;
  }

  get #from() {
    return this.querySelector("[name=share-from]:checked")?.value ?? "";
  }

  #showLink() {
    const link = new URL(this.dataset.url);
    const version = new URLSearchParams(location.search).get("v");
    if (version && link.pathname === location.pathname) link.searchParams.set("v", version);
    const short = (moment) => String(Math.round(moment * 1000) / 1000);
    if (this.#from === "now" && this.at) link.hash = `t=${this.at}`;
    if (this.#from === "loop" && this.range) {
      link.hash = `t=${short(this.range.from)},${short(this.range.to)}`;
    }
    this.parts.link.value = link.href;
  }

  #tint(own) {
    this.#ownAccent = own;
    this.parts.plain.hidden = !own;
    this.#look();
  }

  #address() {
    const { theme, accent, start } = this.parts;
    const address = new URL(this.dataset.embed);
    if (theme.value) address.searchParams.set("theme", theme.value);
    if (this.#ownAccent) address.searchParams.set("accent", accent.value.slice(1));
    const from = seconds(start?.value ?? "");
    if (from) address.searchParams.set("start", String(from));
    return address.href;
  }

  #look() {
    const { preview, code } = this.parts;
    const address = this.#address();
    code.value = this.code.replace(escaped(this.dataset.embed), () => escaped(address));
    if (!this.querySelector("details").open) return;
    clearTimeout(this.looking);
    this.looking = setTimeout(() => {
      const own = new URL(address);
      const here = `${location.origin}${own.pathname}${own.search}`;
      if (preview.getAttribute("src") !== here) preview.src = here;
    }, LOOK_MS);
  }

  #press(event) {
    const button = event.target.closest("[data-copies]");
    if (button) this.#copy(button, document.getElementById(button.dataset.copies));
  }

  async #copy(button, field) {
    this.parts.said.textContent = "";
    this.parts.said.textContent = await copy(field, button);
  }

  async #pass() {
    const { title, words: text } = this.dataset;
    try {
      await navigator.share({ title, text, url: this.parts.link.value });
    } catch {
      // They changed their mind.
    }
  }
}

customElements.define("share-sheet", ShareSheet);
