// Frame after frame: listens, paints, and takes fewer pixels where the machine is slow.

import { Analyser } from "./analyser.js";
import { Painter } from "./painter.js";

const SLOW_S = 1 / 45;
const CALM_MS = 500; // between frames, for whoever wants little motion
const SLOW_FRAMES = 40; // frames before giving up sharpness
const LEAST = 0.4;

export class Screen {
  #frame = 0;
  #slow = 0;
  #last = 0;
  #time = 0;

  scene = "spectrum";
  calm = false;
  colours = null;

  /** Throws where the browser has no WebGL2. */
  constructor(canvas) {
    this.painter = new Painter(canvas);
    this.analyser = new Analyser();
    this.pixels = Math.min(2, devicePixelRatio || 1);
  }

  start() {
    if (this.#frame) return;
    this.#last = performance.now();
    this.#next();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#wait);
    this.#frame = 0;
  }

  destroy() {
    this.stop();
    this.painter.destroy();
  }

  #wait = 0;

  #next() {
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now) {
    const elapsed = Math.min(0.1, Math.max(0.001, (now - this.#last) / 1000));
    this.#last = now;
    if (!this.calm) {
      this.#time += elapsed;
      this.#spare(elapsed);
    }
    this.analyser.listen(elapsed);
    if (this.colours && !this.painter.isLost) {
      const { bars, wave, bass, level } = this.analyser;
      const seen = { bars, wave, bass, level, time: this.#time, colours: this.colours };
      this.painter.paint(this.scene, seen, this.pixels);
    }
    if (this.calm) this.#wait = setTimeout(() => this.#next(), CALM_MS);
    else this.#next();
  }

  #spare(elapsed) {
    this.#slow = elapsed > SLOW_S ? this.#slow + 1 : Math.max(0, this.#slow - 2);
    if (this.#slow < SLOW_FRAMES || this.pixels <= LEAST) return;
    this.pixels *= 0.75;
    this.#slow = 0;
  }
}
