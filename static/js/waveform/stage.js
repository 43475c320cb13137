// A canvas as sharp as the screen, painted at most once a frame, and only when something changed.
// Colours come from the host's CSS: `color` for what is to come, `outline-color` for what was played.

import { paint } from "./paint.js";

export class Stage {
  #frame = 0;
  #shown = null;

  onResize = () => {};

  /** `scene()` → {peaks, view, played, range, line}; it is asked for each frame. */
  constructor(host, scene, signal) {
    this.host = host;
    this.scene = scene;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d");
    host.replaceChildren(this.canvas);
    // The theme or the cover's accent changed: both arrive as a transition of a colour.
    host.addEventListener("transitionend", () => this.#restyle(), { signal });
    const sizes = new ResizeObserver(() => {
      this.#restyle();
      this.onResize();
    });
    sizes.observe(host);
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      cancelAnimationFrame(this.#frame);
    });
    this.#restyle();
  }

  get width() {
    return this.size.width;
  }

  /** Paint before the next frame. */
  refresh() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.paintNow();
    });
  }

  /** The playhead moved: paint if that is to be seen. */
  move() {
    const { view, played } = this.scene();
    if (this.#column(view, played) !== this.#shown) this.refresh();
  }

  /** The column of the canvas where the playhead is. */
  #column(view, played) {
    return Math.round(view.fraction(played) * this.width * this.size.ratio);
  }

  #restyle() {
    const style = getComputedStyle(this.host);
    this.colours = { ahead: style.color, played: style.outlineColor };
    const ratio = devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = this.host;
    this.size = { width, height, ratio };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.paintNow();
  }

  paintNow() {
    const { peaks, view, ...more } = this.scene();
    if (!peaks || !this.size.width) return;
    this.#shown = this.#column(view, more.played);
    paint(this.context, peaks, view, this.size, { ...more, colours: this.colours });
  }
}
