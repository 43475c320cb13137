// <comparison-view data="id">: reads both versions' loudness at the moment that is pointed at or
// reached with the arrow keys. The drawing itself is the server's.

import { clock, spoken } from "../../core/words.js";

const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 10,
  PageDown: -10,
};

const level = (value) => (value === null ? "–" : `${signed(value, "")} LUFS`);

function signed(value, plus) {
  return `${value < 0 ? "−" : plus}${Math.abs(value).toFixed(1)}`;
}

class ComparisonView extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById(this.getAttribute("data")).textContent);
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.at = 0;
    const { stage, slider } = this.parts;
    stage.addEventListener("pointermove", (event) => this.#point(event));
    stage.addEventListener("pointerdown", (event) => this.#point(event));
    slider.addEventListener("keydown", (event) => this.#key(event));
    slider.addEventListener("focus", () => this.#read(this.at));
  }

  get #seconds() {
    return this.data.span_ms / 1000;
  }

  #point(event) {
    const box = this.parts.stage.getBoundingClientRect();
    this.#read(((event.clientX - box.left) / box.width) * this.#seconds);
  }

  #key(event) {
    const ends = { Home: 0, End: this.#seconds };
    const target = ends[event.key] ?? this.at + STEPS[event.key] * this.data.step;
    if (!Number.isFinite(target)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#read(target);
  }

  #read(seconds) {
    this.at = Math.min(this.#seconds, Math.max(0, seconds));
    const [a, b] = this.data.curves.map((curve) => curve[Math.floor(this.at / this.data.step)]);
    const values = [a ?? null, b ?? null];
    const words = this.data.names.map((name, side) => this.#say(name, side, values[side]));
    if (!values.includes(null)) words.push(`${signed(values[1] - values[0], "+")} LU`);
    const { cursor, reading, slider } = this.parts;
    cursor.hidden = false;
    cursor.style.setProperty("--at", String(this.at / this.#seconds));
    reading.textContent = [...(this.data.pieces ? [] : [clock(this.at)]), ...words].join(" · ");
    slider.setAttribute("aria-valuenow", String(Math.round(this.at * 1000)));
    slider.setAttribute(
      "aria-valuetext",
      [...(this.data.pieces ? [] : [spoken(this.at)]), ...words].join(", "),
    );
  }

  /** Where bars are above each other, each version has a time of its own. */
  #say(name, side, value) {
    if (!this.data.pieces) return `${name} ${level(value)}`;
    const at = this.at * 1000;
    const piece = this.data.pieces[side].find(
      ([begins, , length]) => begins <= at && at < begins + length,
    );
    if (!piece) return `${name} is not there`;
    return `${name} ${clock((piece[1] + at - piece[0]) / 1000)} ${level(value)}`;
  }
}

customElements.define("comparison-view", ComparisonView);
