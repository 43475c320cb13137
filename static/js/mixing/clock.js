// Which sample of the music sounds at which frame of the audio context: one answer for all voices.
// The music runs in spans; a loop is a row of equal ones, each cut to the sample.

import { RATE } from "./chunk-cache.js";

const MIN_LOOP = RATE / 100;

export class Clock {
  #number = 0;

  /** {id, at, from, to}: from frame `at` on, samples `from` up to `to` sound. */
  spans = [];

  /** Begin at sample `from` on frame `at`. `loop` is {from, to} in samples, or null. */
  constructor({ at, from, loop = null, rate = 1 }) {
    this.begins = at;
    this.rate = rate;
    this.loop = loop && loop.to - loop.from >= MIN_LOOP ? loop : null;
    const ends = this.loop && from < this.loop.to ? this.loop.to : Number.POSITIVE_INFINITY;
    this.#add(at, from, ends);
  }

  /** True when this is how it runs already. */
  isPlanned(loop, rate) {
    return rate === this.rate && loop?.from === this.loop?.from && loop?.to === this.loop?.to;
  }

  #add(at, from, to) {
    this.spans.push({ id: this.#number, at, from, to });
    this.#number += 1;
  }

  /** The frame at which a span is over. */
  endOf({ at, from, to }) {
    return at + Math.round((to - from) / this.rate);
  }

  /** Lay out spans until `frame`, and forget those that ended before `past`. */
  extend(frame, past) {
    for (let last = this.spans.at(-1); this.endOf(last) < frame; last = this.spans.at(-1)) {
      this.#add(this.endOf(last), this.loop.from, this.loop.to);
    }
    while (this.spans.length > 1 && this.endOf(this.spans[0]) < past) this.spans.shift();
  }

  /** The sample that sounds at a frame. */
  sampleAt(frame) {
    let found = this.spans[0];
    for (const span of this.spans) if (span.at <= frame) found = span;
    const sample = found.from + Math.max(0, frame - found.at) * this.rate;
    return Math.min(Math.round(sample), found.to - 1);
  }
}
