// <wave-form version="…" data="player-data">: the whole piece at a glance, and the way to any
// moment of it. Drawn by wavesurfer from our own peaks, before any sound is loaded.

import { drawPeaks } from "../lib/drawing.js";
import { player } from "../lib/player.js";
import { prepare } from "../lib/source.js";
import { clock, spoken } from "../lib/words.js";

const STEPS = {
  ArrowLeft: -5,
  ArrowDown: -5,
  ArrowRight: 5,
  ArrowUp: 5,
  PageUp: 30,
  PageDown: -30,
};

class WaveForm extends HTMLElement {
  async connectedCallback() {
    this.track = JSON.parse(document.getElementById(this.getAttribute("data")).textContent);
    player.update(this.track);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.slider = this.querySelector("[role=slider]");
    this.hint = this.querySelector("output");
    for (const name of ["time", "change", "track"]) {
      player.addEventListener(name, () => this.#show(), { signal });
    }
    this.addEventListener("pointerenter", () => prepare(), { signal, once: true });
    this.addEventListener("pointermove", (event) => this.#hover(event), { signal });
    this.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    this.slider.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#show();
    if (this.track.overview?.length) await this.#draw(this.track.overview);
  }

  disconnectedCallback() {
    this.listening.abort();
    this.drawing?.destroy();
  }

  get duration() {
    return this.track.duration_ms / 1000;
  }

  get isCurrent() {
    return player.is(this.track.version_id);
  }

  get position() {
    return this.isCurrent ? player.position : 0;
  }

  async #draw(overview) {
    this.drawing?.destroy();
    const drawing = await drawPeaks(this.querySelector("[data-canvas]"), overview, this.duration);
    if (this.listening.signal.aborted) return drawing.destroy();
    this.drawing = drawing;
    this.setAttribute("data-drawn", "");
    return this.#show();
  }

  #show() {
    const { position, duration, slider } = this;
    this.drawing?.show(position);
    slider.setAttribute("aria-valuemax", String(Math.round(duration)));
    slider.setAttribute("aria-valuenow", String(Math.round(position)));
    slider.setAttribute("aria-valuetext", `${spoken(position)} of ${spoken(duration)}`);
    const edge = this.isCurrent ? player.available : null;
    const reach = edge === null || !duration ? 1 : Math.min(1, edge / duration);
    this.style.setProperty("--reach", String(reach));
  }

  #fraction(event) {
    const box = this.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  }

  #hover(event) {
    const at = this.#fraction(event);
    this.style.setProperty("--hover", String(at));
    this.hint.textContent = clock(at * this.duration);
  }

  #grab(event) {
    if (event.button !== 0 || !this.track.playable) return;
    this.setPointerCapture(event.pointerId);
    const held = new AbortController();
    const { signal } = held;
    const follow = (moved) => this.drawing?.show(this.#fraction(moved) * this.duration);
    follow(event);
    this.addEventListener("pointermove", follow, { signal });
    this.addEventListener("pointercancel", () => held.abort(), { signal });
    this.addEventListener(
      "pointerup",
      (released) => {
        held.abort();
        this.#go(this.#fraction(released) * this.duration);
      },
      { signal },
    );
  }

  #key(event) {
    const target = { Home: 0, End: this.duration }[event.key] ?? this.position + STEPS[event.key];
    if (!Number.isFinite(target) || !this.track.playable) return;
    event.preventDefault();
    if (this.isCurrent) player.seek(target);
    else this.#go(target);
  }

  #go(seconds) {
    if (this.isCurrent) {
      player.seek(seconds);
      if (!player.wanted) player.play();
    } else player.open(this.track, seconds);
  }
}

customElements.define("wave-form", WaveForm);
