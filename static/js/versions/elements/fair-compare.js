// <fair-compare>: beside the versions of a piece. Hears `version:choose`, switches without a gap to
// the same bar, keeps all versions equally loud, says what is heard, and opens the blind test.

import { recall, remember } from "../../core/storage.js";
import { matching } from "../../mixing/loudness-match.js";
import { player } from "../../playback/player.js";
import { VersionSwitch } from "../switch.js";

const LOADS_MS = 150; // until then nobody has waited
const PATIENCE_MS = 1500; // for where the same bar is; without that, the same second

const name = ({ number, label }) => (label ? `Version ${number}, ${label}` : `Version ${number}`);
const decibels = (value) => `${value.toFixed(1).replace("-", "−")} dB`;

class FairCompare extends HTMLElement {
  connectedCallback() {
    const data = document.getElementById("versions-data");
    this.versions = data ? JSON.parse(data.textContent) : [];
    this.hidden = this.versions.length < 2;
    if (this.hidden) return;
    this.comparison = new VersionSwitch(this.versions);
    for (const part of this.querySelectorAll("[data-part]")) this[part.dataset.part] = part;
    this.same.checked = recall("same-loudness", true);
    this.comparison.fair = this.same.checked;
    this.bar.checked = recall("same-bar", true);
    this.comparison.sameBar = this.bar.checked;
    this.#listen();
    this.#show();
    this.aligned = this.#align();
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  #listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.same.addEventListener("change", () => this.#match(), { signal });
    this.bar.addEventListener("change", () => this.#matchTime(), { signal });
    this.blind.addEventListener("click", () => this.#openTest(), { signal });
    this.comparison.addEventListener("change", () => this.#show(), { signal });
    for (const sign of ["track", "change"]) {
      player.addEventListener(sign, () => this.#show(), { signal });
    }
    document.addEventListener("version:choose", (event) => this.#choose(event), { signal });
    for (const sign of ["pointerover", "focusin"]) {
      document.addEventListener(sign, (event) => this.#prepare(event.target), { signal });
    }
  }

  async #align() {
    await this.comparison.alignments.load(this.dataset.track, this.dataset.token);
    this.bar.closest("label").hidden = !this.comparison.alignments.isMoved;
    this.#show();
  }

  #prepare(target) {
    const id = target.closest?.("[data-version-id]")?.dataset.versionId;
    const version = this.versions.find((one) => one.version_id === id);
    if (version && !player.is(id)) this.comparison.prepare(version);
  }

  async #choose(event) {
    const { number } = event.detail;
    const version = this.versions.find((one) => one.number === Number(number));
    if (!version || !this.comparison.isHere) return;
    event.preventDefault();
    await this.#loading(version, () => this.comparison.choose(version));
    if (!player.is(version.version_id)) return;
    this.said.textContent = `${name(version)}${player.wanted ? " plays." : "."}`;
    document.dispatchEvent(
      new CustomEvent("version:chosen", { detail: { number, id: version.version_id } }),
    );
  }

  /** Say that it takes a moment, where it does. */
  async #loading(version, action) {
    const link = document.querySelector(`version-bar [data-number="${version.number}"]`);
    const timer = setTimeout(() => {
      link?.setAttribute("aria-busy", "true");
      this.note.textContent = `v${version.number} is loading …`;
    }, LOADS_MS);
    await Promise.race([this.aligned, new Promise((go) => setTimeout(go, PATIENCE_MS))]);
    await action();
    clearTimeout(timer);
    link?.removeAttribute("aria-busy");
    this.#show();
  }

  async #openTest() {
    this.blind.setAttribute("aria-busy", "true");
    await import("../../blind-tests/elements/blind-test.js");
    document.querySelector("blind-test")?.open();
    this.blind.removeAttribute("aria-busy");
  }

  #matchTime() {
    this.comparison.sameBar = this.bar.checked;
    remember("same-bar", this.bar.checked);
  }

  #match() {
    this.comparison.fair = this.same.checked;
    remember("same-loudness", this.same.checked);
  }

  #show() {
    const id = player.track?.version_id;
    const version = this.versions.find((one) => one.version_id === id);
    const down = matching(this.comparison.alignments.levelled(this.versions)).get(id) ?? 0;
    const words = [];
    if (this.comparison.isOn && version && this.same.checked && down < -0.05) {
      words.push(`v${version.number} ${decibels(down)}`);
    }
    if (this.comparison.isOn && player.rate !== 1) words.push("here speed moves the pitch");
    const text = words.join(" · ");
    if (this.note.textContent !== text) this.note.textContent = text;
  }
}

customElements.define("fair-compare", FairCompare);
