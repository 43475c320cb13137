// <version-bar>: which version of the piece is shown and heard. Choosing one is the document event
// `version:choose` (detail {number}): the comparing sound switches without a gap and prevents the
// default; where nobody does, the player opens the version at the same position. The page then
// shows what the server says of that version, in its [data-version-part]s, and the address keeps
// it. Fires `version:shown` (detail {number, id}) on document.

import { player } from "../../playback/player.js";

const PART = "[data-version-part]";

class VersionBar extends HTMLElement {
  connectedCallback() {
    const script = document.getElementById("versions-data");
    this.versions = JSON.parse(script?.textContent ?? "[]");
    this.shown = this.#current?.dataset.number;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("click", (event) => this.#press(event), { signal });
    document.addEventListener("version:choose", (event) => this.#choose(event), { signal });
    player.addEventListener("track", () => this.#follow(), { signal });
  }

  disconnectedCallback() {
    this.listening.abort();
    this.fetching?.abort();
  }

  get #current() {
    return this.querySelector("[aria-current]");
  }

  #link(number) {
    return this.querySelector(`[data-number="${Number(number)}"]`);
  }

  #press(event) {
    const link = event.target.closest("[data-number]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const detail = { number: Number(link.dataset.number) };
    document.dispatchEvent(new CustomEvent("version:choose", { detail, cancelable: true }));
  }

  #choose(event) {
    const version = this.versions.find(({ number }) => number === event.detail.number);
    if (!version || !this.#link(version.number)) return;
    // Whoever switches the sound without a gap may listen after us.
    setTimeout(() => event.defaultPrevented || this.#sound(version));
    this.show(version);
  }

  /** The same moment of another version, playing or paused as before. */
  #sound(version) {
    const sounding = this.versions.find((each) => player.is(each.version_id));
    if (!sounding || sounding === version || !version.playable) return;
    const { wanted, position } = player;
    player.open(version, position);
    if (!wanted) player.pause();
  }

  /** The sound moved to another version by itself: the page goes along. */
  #follow() {
    const version = this.versions.find((each) => player.is(each.version_id));
    const known = this.heard === undefined || this.heard === version?.version_id;
    this.heard = version?.version_id ?? null;
    if (version && !known) this.show(version);
  }

  async show(version) {
    const link = this.#link(version.number);
    if (!link || this.shown === link.dataset.number) return;
    this.shown = link.dataset.number;
    this.#current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    const name = version.label ? `, ${version.label}` : "";
    this.querySelector("[data-said]").textContent = `Version ${version.number}${name}`;
    const comparison = this.querySelector("[data-comparison]");
    if (comparison) comparison.search = comparison.search.replace(/b=\d+/, `b=${version.number}`);
    const address = new URL(location.href);
    if ("primary" in link.dataset) address.searchParams.delete("v");
    else address.searchParams.set("v", version.number);
    history.replaceState(history.state, "", address);
    if (!(await this.#fetchParts(address))) return;
    const detail = { number: version.number, id: version.version_id };
    document.dispatchEvent(new CustomEvent("version:shown", { detail }));
  }

  /** Put in what the server says of this version; true when it is all there. */
  async #fetchParts(address) {
    this.fetching?.abort();
    this.fetching = new AbortController();
    const { signal } = this.fetching;
    try {
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return false;
      const data = page.getElementById("player-data");
      if (data) document.getElementById("player-data").textContent = data.textContent;
      for (const part of document.querySelectorAll(PART)) this.#renew(part, page);
      return true;
    } catch (error) {
      if (error.name === "AbortError") return false;
      this.querySelector("[data-said]").textContent = "The page could not be brought up to date.";
      return false;
    }
  }

  #renew(part, page) {
    const found = page.querySelector(`[data-version-part="${part.dataset.versionPart}"]`);
    if (!found || part.innerHTML === found.innerHTML) return;
    part.replaceChildren(...[...found.childNodes].map((node) => document.importNode(node, true)));
    globalThis.htmx?.process(part);
  }
}

customElements.define("version-bar", VersionBar);
