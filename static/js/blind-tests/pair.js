// The two versions of a blind test and hidden X on one line of time, that of A: a stretch that both
// have, in which B (and X, where it is B) is later by the same everywhere.

import { placed } from "../mixing/alignment.js";
import { RATE } from "../mixing/chunk-cache.js";

/** A signed address that nobody renews: it outlives the trial. */
export const fixed = (url) => ({
  track: { hls_url: url },
  signed: null,
  refresh: async () => {},
  rewrite: (address) => address,
});

const length = ([start, end]) => end - start;

export class Pair {
  #passages = [];
  #later = { a: 0, b: 0, x: 0 };

  /** Seconds of A in which both are heard. */
  whole;

  constructor(a, b) {
    this.whole = { from: 0, to: Math.min(a.duration_ms, b.duration_ms) / 1000 };
  }

  /** Take the passage that holds a second of A, else the longest: [start, end, offset] in ms. */
  align(passages, seconds) {
    this.#passages = passages;
    if (!passages.length) return;
    const holds = ([start, end]) => start <= seconds * 1000 && seconds * 1000 < end;
    const longest = passages.reduce((one, other) => (length(other) > length(one) ? other : one));
    const [start, end, offset] = passages.find(holds) ?? longest;
    this.whole = { from: start / 1000, to: end / 1000 };
    this.#later.b = Math.round((offset / 1000) * RATE);
  }

  /** X of a trial: with passages it is where B has them, else where A has. */
  hide(passages) {
    this.#later.x = passages.length ? this.#later.b : 0;
  }

  /** How many samples later a side is. */
  later(side) {
    return this.#later[side];
  }

  /** The second of A that is at this second of B. */
  fromB(seconds) {
    const back = this.#passages.map(([start, end, by]) => [start + by, end + by, -by]);
    return placed(back, seconds);
  }
}
