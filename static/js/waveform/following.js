// Keeping the playhead in view while a part of the piece is shown, unless a hand looks elsewhere.

const EASE = 0.15; // of the way, each frame
const REST_MS = 700;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Following {
  #isOn = true;
  #resting = 0;

  constructor(view) {
    this.view = view;
  }

  /** A hand moved the picture: leave it there. */
  stop() {
    this.#isOn = false;
  }

  /** A hand went to a moment, or chose a scale: the playhead matters again. */
  resume() {
    this.#isOn = true;
    this.#resting = performance.now() + REST_MS;
  }

  /** Bring a moment into view at once, if it is not. */
  reveal(seconds) {
    this.#isOn = true;
    this.#resting = 0;
    const { view } = this;
    if (!view.has(seconds)) view.glide(seconds - view.span / 3, view.span);
  }

  /** The sound is at this moment now. */
  look(seconds, moves) {
    const { view } = this;
    if (!this.#isOn || view.isWhole || !moves || performance.now() < this.#resting) return;
    const ahead = view.fraction(seconds);
    if (still.matches) {
      if (ahead < 0 || ahead > 0.97) view.show(seconds - view.span * 0.05);
    } else if (ahead < -0.2 || ahead > 1.2) view.show(seconds - view.span / 2);
    else if (ahead < 0 || ahead > 0.5) {
      view.show(view.start + (seconds - view.span / 2 - view.start) * EASE);
    }
  }
}
