// One piece among several that sound together: its chunks, level, and what is scheduled of it.

import { GROWS_MS, RATE } from "./chunk-cache.js";

const SOON = 512; // frames: nothing is scheduled closer to now than this

export class Voice {
  #pieces = new Map();

  constructor(chunkCache, context, output) {
    this.chunkCache = chunkCache;
    this.context = context;
    /** What the listener wants of it, 0 and up. */
    this.level = 0;
    /** Samples by which its own time is ahead of the clock's. */
    this.shift = 0;
    this.gain = new GainNode(context, { gain: 0 });
    this.gain.connect(output);
  }

  /** Move to a level within `seconds` from the context time `at` on. */
  setLevel(level, { seconds = 0.008, at = this.context.currentTime } = {}) {
    this.level = level;
    const { gain } = this.gain;
    gain.cancelScheduledValues(at);
    gain.setValueAtTime(gain.value, at);
    gain.linearRampToValueAtTime(level, at + seconds);
  }

  /** Run that many samples ahead of the clock from now on; only a silent voice may. */
  moveTo(shift) {
    if (shift === this.shift) return;
    this.silence();
    this.shift = shift;
  }

  /** Schedule what is decoded of these spans up to `until`, and fetch the rest. */
  cover(clock, until) {
    const now = Math.round(this.context.currentTime * RATE);
    for (const span of clock.spans) {
      const last = Math.min(span.to, clock.sampleAt(Math.min(until, clock.endOf(span) - 1)) + 1);
      const first = span.from + Math.max(0, Math.floor((now - span.at) * clock.rate));
      for (const k of this.#chunksOf(first + this.shift, last + this.shift))
        this.#place(clock, span, k, now);
    }
    for (const [key, piece] of this.#pieces) {
      if (piece.until < now - RATE) this.#pieces.delete(key);
    }
  }

  /** True when the sample that sounds at `frame` is scheduled, or the piece is over by then. */
  covers(clock, frame) {
    const sample = clock.sampleAt(frame) + this.shift;
    if (sample < 0) return true;
    if (sample >= this.chunkCache.length) return this.chunkCache.isWhole;
    for (const piece of this.#pieces.values()) {
      if (piece.when <= frame && frame <= piece.until) return true;
    }
    return false;
  }

  /** Have the chunks from a sample on decoded; resolves when the first of them is. */
  async ready(sample, further = 1) {
    await this.chunkCache.open();
    const k = await this.#chunkOf(sample);
    if (k < 0) return;
    for (let n = 1; n <= further; n += 1) {
      if (k + n < this.chunkCache.starts.length - 1) this.chunkCache.load(k + n).catch(() => {});
    }
    await this.chunkCache.load(k);
  }

  /** Stop everything scheduled, at a context time. */
  silence(at = 0) {
    for (const { source } of this.#pieces.values()) source.stop(at);
    this.#pieces.clear();
  }

  close() {
    this.silence();
    this.gain.disconnect();
    this.chunkCache.close();
  }

  /** The chunk of a sample, as soon as the piece is encoded so far; −1 behind its end. */
  async #chunkOf(sample) {
    const { chunkCache } = this;
    while (chunkCache.at(sample) < 0 && !chunkCache.isWhole) {
      await new Promise((resolve) => setTimeout(resolve, GROWS_MS));
      await chunkCache.grow();
    }
    return chunkCache.at(sample);
  }

  *#chunksOf(first, last) {
    const { chunkCache } = this;
    if (last > chunkCache.length && !chunkCache.isWhole) chunkCache.grow().catch(() => {});
    for (let k = chunkCache.at(first); k >= 0 && k < chunkCache.starts.length - 1; k += 1) {
      if (chunkCache.starts[k] >= last) return;
      yield k;
    }
  }

  #place(clock, span, k, now) {
    const key = `${span.id}:${k}`;
    if (this.#pieces.has(key)) return;
    const chunk = this.chunkCache.peek(k);
    if (!chunk) {
      this.chunkCache.load(k).catch((error) => {
        this.trouble = error;
      });
      return;
    }
    const begins = span.from + this.shift;
    let from = Math.max(begins, chunk.from);
    const to = Math.min(span.to + this.shift, chunk.to);
    let when = span.at + Math.round((from - begins) / clock.rate);
    const late = now + SOON - when;
    if (late > 0) {
      from += Math.ceil(late * clock.rate);
      when = span.at + Math.round((from - begins) / clock.rate);
    }
    if (from >= to) return;
    const source = new AudioBufferSourceNode(this.context, {
      buffer: chunk.buffer,
      playbackRate: clock.rate,
    });
    source.connect(this.gain);
    source.start(when / RATE, (chunk.head + from - chunk.from) / RATE, (to - from) / RATE);
    const until = when + Math.round((to - from) / clock.rate);
    this.#pieces.set(key, { source, when, until });
  }
}
