// The voices of a mix on one clock: where they are, and how they go on (how fast, in which loop).
// A voice may be shifted against the others, where it has the same bars at other seconds: positions
// are told in the time of `lead`, else of whoever is heard.

import { RATE } from "./chunk-cache.js";
import { Scheduler } from "./scheduler.js";

const SWITCH_S = 0.02; // until then a voice that was only just added sounds, too

export class Voices extends EventTarget {
  /** The sample at which the clock stands while nothing sounds. */
  sample = 0;
  /** The name of the voice in whose time positions are told; "": of the one that is heard. */
  lead = "";
  rate = 1;
  /** What is played again and again, as samples of the clock: { from, to }, or null. */
  loop = null;
  #replanning = null;

  /** `sound` is what engine() gives: the context, and where to connect. */
  constructor(sound) {
    super();
    this.sound = sound;
    this.scheduler = new Scheduler(sound);
  }

  /** Add a piece under a name, silent until it gets a level. */
  add(id, chunkCache) {
    chunkCache.addEventListener("grown", () => this.tell("grown"));
    return this.scheduler.add(id, chunkCache);
  }

  drop(id) {
    this.scheduler.drop(id);
  }

  voice(id) {
    return this.scheduler.voices.get(id);
  }

  /** Move every voice to its level, all at one moment: `levels` by name, 0 for the others. */
  level(levels) {
    if (this.scheduler.isRunning) this.scheduler.cover();
    const at = this.context.currentTime + SWITCH_S;
    for (const [id, voice] of this.scheduler.voices) voice.setLevel(levels.get(id) ?? 0, { at });
  }

  /** Have a silent voice run so many samples ahead of the time that is told now. */
  shift(id, samples) {
    this.voice(id).moveTo(this.shiftOfLead + samples);
  }

  /** Samples by which the time that is told is ahead of the clock. */
  get shiftOfLead() {
    return (this.voice(this.lead) ?? this.scheduler.heard[0])?.shift ?? 0;
  }

  get context() {
    return this.sound.context;
  }

  /** Seconds into the music. */
  get position() {
    const sample = this.scheduler.sampleAt(this.scheduler.frame) ?? this.sample;
    return (sample + this.shiftOfLead) / RATE;
  }

  /** Seconds that can be heard so far, or null when all of it can. */
  get available() {
    const growing = this.scheduler.heard.filter(({ chunkCache }) => !chunkCache.isWhole);
    return growing.length
      ? Math.min(...growing.map(({ chunkCache }) => chunkCache.length)) / RATE
      : null;
  }

  /** Seconds at which it really ends, or null while that is not known. */
  get end() {
    const { heard } = this.scheduler;
    if (heard.some(({ chunkCache }) => !chunkCache.isWhole)) return null;
    return Math.max(...heard.map(({ chunkCache }) => chunkCache.length)) / RATE;
  }

  setRate(rate) {
    this.rate = rate;
    this.#replan();
  }

  setLoop(from, to) {
    const shift = this.shiftOfLead;
    this.loop = { from: Math.round(from * RATE) - shift, to: Math.round(to * RATE) - shift };
    this.#replan();
  }

  clearLoop() {
    this.loop = null;
    this.#replan();
  }

  /** Follow the wishes of this moment: several of them make one new plan. */
  #replan() {
    this.#replanning ??= Promise.resolve().then(() => {
      this.#replanning = null;
      if (this.scheduler.isRunning) this.scheduler.replan({ loop: this.loop, rate: this.rate });
    });
  }

  /** Resolves when whoever is heard has the sound of a sample. */
  readyAt(sample) {
    return Promise.all(this.scheduler.heard.map((voice) => voice.ready(sample + voice.shift)));
  }

  tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
