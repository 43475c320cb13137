// A passage that repeats: marked by a drag along the ruler, moved by its two handles.

import { precise } from "./ruler.js";

const SHORTEST = 0.05;
const STEP = 0.1;
const LONG_STEP = 1;
const SLACK_PX = 4;
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

export class LoopLane {
  /** {from, to} in seconds, or null. */
  range = null;

  /** `parts`: {ruler, band, from, to, words}; `changed(range, isDone)` hears what hands do. */
  constructor(parts, view, changed, signal) {
    this.parts = parts;
    this.view = view;
    this.changed = changed;
    parts.ruler.addEventListener("pointerdown", (event) => this.#draw(event), { signal });
    for (const edge of ["from", "to"]) {
      const handle = parts[edge];
      handle.addEventListener("pointerdown", (event) => this.#pull(event, edge), { signal });
      handle.addEventListener("keydown", (event) => this.#key(event, edge), { signal });
    }
  }

  /** Put a passage between two moments, in either order. */
  mark(one, other, isDone) {
    const { duration } = this.view;
    const [from, to] = [one, other]
      .map((at) => Math.min(duration, Math.max(0, at)))
      .sort((a, b) => a - b);
    if (to - from < SHORTEST) return;
    this.range = { from, to };
    this.changed(this.range, isDone);
  }

  clear() {
    this.range = null;
    this.changed(null, true);
  }

  show() {
    const { range, view, parts } = this;
    parts.band.hidden = !range;
    parts.words.textContent = range ? `${precise(range.from)} – ${precise(range.to)}` : "Loop";
    if (!range) return;
    for (const edge of ["from", "to"]) {
      const part = Math.min(1, Math.max(0, view.fraction(range[edge])));
      parts.band.style.setProperty(`--${edge}`, String(part));
      const handle = parts[edge];
      handle.hidden = !view.has(range[edge]);
      handle.setAttribute("aria-valuemax", view.duration.toFixed(1));
      handle.setAttribute("aria-valuenow", range[edge].toFixed(1));
      handle.setAttribute("aria-valuetext", `${precise(range[edge])} of ${precise(view.duration)}`);
    }
  }

  #at(event) {
    const box = this.parts.ruler.getBoundingClientRect();
    return this.view.at(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  }

  #follow(event, host, action) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    host.setPointerCapture(event.pointerId);
    const held = new AbortController();
    const { signal } = held;
    host.addEventListener("pointermove", (moved) => action(moved, false), { signal });
    host.addEventListener("pointercancel", () => held.abort(), { signal });
    const release = (moved) => {
      held.abort();
      action(moved, true);
    };
    host.addEventListener("pointerup", release, { signal });
  }

  #draw(event) {
    const begin = this.#at(event);
    let drawn = false;
    this.#follow(event, this.parts.ruler, (moved, isDone) => {
      drawn ||= Math.abs(moved.clientX - event.clientX) > SLACK_PX;
      if (drawn) this.mark(begin, this.#at(moved), isDone);
    });
  }

  #pull(event, edge) {
    const fixed = this.range[edge === "from" ? "to" : "from"];
    this.parts[edge].focus({ preventScroll: true });
    this.#follow(event, this.parts[edge], (moved, isDone) => {
      this.mark(fixed, this.#at(moved), isDone);
    });
  }

  #key(event, edge) {
    if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else if (event.key in KEYS) {
      const by = KEYS[event.key] * (event.shiftKey ? LONG_STEP : STEP);
      const moved = { ...this.range, [edge]: this.range[edge] + by };
      if (moved.to - moved.from < SHORTEST) return;
      this.mark(moved.from, moved.to, true);
      if (!this.view.has(this.range[edge]))
        this.view.glide(this.range[edge] - this.view.span / 2, this.view.span);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
