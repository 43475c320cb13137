// The voices of a mix and the clock they share: what is scheduled, cut off, faded and forgotten.

import { RATE } from "./chunk-cache.js";
import { Clock } from "./clock.js";
import { Voice } from "./voice.js";

const AHEAD = 12 * RATE; // scheduled so far ahead, for tabs that sleep
const LEAD = 0.03 * RATE;
const STALL = 0.05 * RATE;
const FADE_S = 0.005;

export class Scheduler {
  #clock = null;
  #until = 0;

  voices = new Map();

  constructor({ context, input }) {
    this.context = context;
    this.master = new GainNode(context, { gain: 0 });
    this.master.connect(input);
  }

  add(id, chunkCache) {
    const voice = new Voice(chunkCache, this.context, this.master);
    this.voices.set(id, voice);
    return voice;
  }

  drop(id) {
    this.voices.get(id)?.close();
    this.voices.delete(id);
  }

  close() {
    for (const id of [...this.voices.keys()]) this.drop(id);
    this.master.disconnect();
  }

  /** The frame that sounds now. */
  get frame() {
    return Math.round(this.context.currentTime * RATE);
  }

  /** The first frame for which it is not too late to schedule anything. */
  get soon() {
    return Math.max(this.frame + LEAD, this.#until);
  }

  get isRunning() {
    return this.#clock !== null;
  }

  /** True until the first sample is due. */
  get isSilent() {
    return !this.#clock || this.frame < this.#clock.begins;
  }

  /** Whoever has a level; when nobody has, all of them: silence has a length, too. */
  get heard() {
    const voices = [...this.voices.values()];
    const heard = voices.filter(({ level }) => level > 0);
    return heard.length ? heard : voices;
  }

  /** The sample that sounds at a frame; null while nothing runs. */
  sampleAt(frame) {
    return this.#clock?.sampleAt(frame) ?? null;
  }

  /** True when every voice that is heard is over. */
  get isOver() {
    const sample = this.sampleAt(this.frame);
    return this.heard.every(
      ({ chunkCache, shift }) => chunkCache.isWhole && sample + shift >= chunkCache.length,
    );
  }

  /** True when a voice that is heard has nothing to sound in a moment. */
  get isStarved() {
    const frame = this.frame + STALL;
    return this.heard.some((voice) => !voice.covers(this.#clock, frame));
  }

  /** Begin at `sample` on frame `at`, out of silence. */
  begin(at, sample, { loop, rate, fade = FADE_S }) {
    this.#clock = new Clock({ at, from: sample, loop, rate });
    this.cover();
    this.#fade(1, at / RATE, fade);
  }

  /** Go on from the very next samples under another plan, without a seam. */
  replan({ loop, rate }) {
    if (this.#clock.isPlanned(loop, rate)) return;
    const at = this.soon;
    const from = this.#clock.sampleAt(at);
    for (const voice of this.voices.values()) voice.silence(at / RATE);
    this.#clock = new Clock({ at, from, loop, rate });
    this.cover();
  }

  /** Fade out and stop; returns the sample that sounded last. */
  halt(fade = FADE_S) {
    const now = this.context.currentTime;
    const sample = this.sampleAt(this.frame);
    this.#clock = null;
    this.#until = Math.ceil((now + fade) * RATE);
    this.#fade(0, now, fade);
    for (const voice of this.voices.values()) voice.silence(now + fade);
    return sample;
  }

  /** Schedule ahead whatever is there, and fetch what is not. */
  cover() {
    const { frame } = this;
    this.#clock.extend(frame + AHEAD, frame - RATE);
    for (const voice of this.voices.values()) voice.cover(this.#clock, frame + AHEAD);
  }

  #fade(level, at, seconds) {
    const { gain } = this.master;
    gain.cancelScheduledValues(at);
    gain.setValueAtTime(1 - level, at);
    gain.linearRampToValueAtTime(level, at + seconds);
  }
}
