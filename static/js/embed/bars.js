// The waveform of an embed: bars on a canvas, from one letter each. Colours come from CSS: `color`
// for what is to come, `outline-color` for what was played.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STEP = 5; // CSS pixels from bar to bar
const BAR = 3;
const LEAST = 2;

export class Bars {
  #heights = [];
  #share = 0;

  constructor(canvas) {
    this.canvas = canvas;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.sizes = new ResizeObserver(() => this.#paint());
    this.sizes.observe(canvas);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => this.#paint(), { signal });
  }

  leave() {
    this.listening.abort();
    this.sizes.disconnect();
  }

  /** Draw these peaks; the loudest reaches the top. */
  draw(peaks) {
    const heights = [...peaks].map((letter) => LETTERS.indexOf(letter) / (LETTERS.length - 1));
    const loudest = Math.max(...heights, 0.02);
    // As on the site: a little lift for quiet passages.
    this.#heights = heights.map((height) => (height / loudest) ** 0.8);
    this.#paint();
  }

  /** Colour the part that was played, 0 to 1. */
  show(share) {
    const { width } = this.canvas;
    const before = Math.round(this.#share * width);
    this.#share = share;
    if (before !== Math.round(share * width)) this.#paint();
  }

  #paint() {
    const { canvas } = this;
    const { clientWidth: wide, clientHeight: high } = canvas;
    if (!wide || !high) return;
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(wide * scale);
    canvas.height = Math.round(high * scale);
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const { color, outlineColor } = getComputedStyle(canvas);
    const played = this.#share * wide;
    this.#bars(pen, wide, high, color);
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, played, high);
    pen.clip();
    this.#bars(pen, wide, high, outlineColor);
    pen.restore();
  }

  #bars(pen, wide, high, colour) {
    const count = Math.floor(wide / STEP);
    const { length } = this.#heights;
    pen.fillStyle = colour;
    pen.beginPath();
    for (let bar = 0; bar < count; bar += 1) {
      const from = Math.floor((bar * length) / count);
      const to = Math.max(from + 1, Math.floor(((bar + 1) * length) / count));
      const height = Math.max(LEAST, Math.max(0, ...this.#heights.slice(from, to)) * high);
      pen.roundRect(bar * STEP, (high - height) / 2, BAR, height, BAR / 2);
    }
    pen.fill();
  }
}
