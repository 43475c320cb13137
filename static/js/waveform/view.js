// Which part of a piece is on the screen, in seconds. Event: "change".

export const SHORTEST_SECONDS = 1;
const GLIDE_MS = 160;

const still = matchMedia("(prefers-reduced-motion: reduce)");

export class View extends EventTarget {
  #gliding = 0;

  constructor(duration) {
    super();
    this.resize(duration);
  }

  /** Another piece, or its measured length: the whole of it is shown. */
  resize(duration) {
    this.duration = Math.max(duration, 0.01);
    this.start = 0;
    this.span = this.duration;
  }

  get end() {
    return this.start + this.span;
  }

  get shortest() {
    return Math.min(SHORTEST_SECONDS, this.duration);
  }

  get isWhole() {
    return this.span > this.duration * 0.9999;
  }

  get isClosest() {
    return this.span <= this.shortest * 1.0001;
  }

  /** 0…1 across the screen for a moment; outside of it less or more. */
  fraction(seconds) {
    return (seconds - this.start) / this.span;
  }

  at(fraction) {
    return Math.min(this.duration, Math.max(0, this.start + fraction * this.span));
  }

  has(seconds) {
    return seconds >= this.start && seconds <= this.end;
  }

  /** Show `span` seconds from `start`, as far as there is such a part. */
  show(start, span = this.span) {
    cancelAnimationFrame(this.#gliding);
    this.#place(start, span);
  }

  #place(start, span) {
    const fits = Math.min(this.duration, Math.max(this.shortest, span));
    const from = Math.min(this.duration - fits, Math.max(0, start));
    if (fits === this.span && from === this.start) return;
    this.span = fits;
    this.start = from;
    this.dispatchEvent(new Event("change"));
  }

  /** Closer by a factor, around a moment that stays where it is on the screen. */
  zoom(factor, around) {
    const span = Math.min(this.duration, Math.max(this.shortest, this.span / factor));
    this.show(around - this.fraction(around) * span, span);
  }

  /** Like `show`, in a short glide, for keys and buttons. */
  glide(start, span) {
    const fits = Math.min(this.duration, Math.max(this.shortest, span));
    const from = Math.min(this.duration - fits, Math.max(0, start));
    if (still.matches) return this.show(from, fits);
    cancelAnimationFrame(this.#gliding);
    const began = performance.now();
    const before = { start: this.start, span: this.span };
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - began) / GLIDE_MS));
      const eased = 1 - (1 - part) ** 3;
      // In equal ratios, so that it looks like one steady movement at every scale.
      const width = before.span * (fits / before.span) ** eased;
      const fixed = before.span - fits;
      const done = fixed ? (before.span - width) / fixed : eased;
      this.#place(before.start + (from - before.start) * done, part < 1 ? width : fits);
      if (part < 1) this.#gliding = requestAnimationFrame(step);
    };
    this.#gliding = requestAnimationFrame(step);
    return undefined;
  }

  glideBy(factor, around) {
    const span = Math.min(this.duration, Math.max(this.shortest, this.span / factor));
    this.glide(around - this.fraction(around) * span, span);
  }
}
