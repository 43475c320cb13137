// The peaks of one scale, as far as they are here: in chunks, the longest unused dropped first.

export const CHUNK = 4096; // pixels: 8 KiB
const KEPT = 256; // chunks, 2 MiB

export class Scale {
  #chunks = new Map();
  #asked = new Set();

  /** `step`: seconds per pixel. */
  constructor(samples, step, length) {
    this.samples = samples;
    this.step = step;
    this.length = length;
  }

  /** The chunk that holds a pixel, or undefined. */
  chunk(pixel) {
    return this.#chunks.get(Math.floor(pixel / CHUNK));
  }

  put(first, data) {
    for (let at = 0; at < data.length; at += 2 * CHUNK) {
      this.#chunks.set(first + at / (2 * CHUNK), data.subarray(at, at + 2 * CHUNK));
    }
    for (const key of this.#chunks.keys()) {
      if (this.#chunks.size <= KEPT) break;
      this.#chunks.delete(key);
    }
  }

  /** Runs of chunks [from, to) between two moments that are neither here nor on their way. */
  missing(from, to) {
    const runs = [];
    const last = Math.min(Math.ceil(to / this.step), this.length) - 1;
    for (let key = Math.floor(Math.max(0, from) / this.step / CHUNK); key * CHUNK <= last; key++) {
      const kept = this.#chunks.get(key);
      if (kept) {
        this.#chunks.delete(key);
        this.#chunks.set(key, kept);
      } else if (!this.#asked.has(key)) {
        const run = runs.at(-1);
        if (run?.to === key) run.to += 1;
        else runs.push({ from: key, to: key + 1 });
      }
    }
    return runs;
  }

  /** Note that a run is on its way, until the returned function is called. */
  asks({ from, to }) {
    for (let key = from; key < to; key++) this.#asked.add(key);
    return () => {
      for (let key = from; key < to; key++) this.#asked.delete(key);
    };
  }
}
