// Several pieces that sound together on one clock: versions of a piece, of which one is heard, or
// the stems of one. To the player it is a sound like any other (kind "mix").
// A voice may be shifted against the others, where it has the same bars at other seconds: positions
// are told in the time of `lead`, else of whoever is heard.
// Events: "time" "change" "grown" "broken" (with a sentence) "ended".

import { RATE } from "./chunk-cache.js";
import { Scheduler } from "./scheduler.js";

const TICK_MS = 100;
const SWITCH_S = 0.02; // until then a voice that was only just added sounds, too

export class Mix extends EventTarget {
  #scheduler;
  #sample = 0;
  #wants = false;
  #turn = 0;
  #timer = 0;
  #loop = null;
  #rate = 1;
  #replanning = null;

  kind = "mix";
  isReady = true;
  isClosed = false;
  sentence = "";
  /** What the player holds of it; see mix-sound.js. */
  mixSound = null;
  /** The name of the voice in whose time positions are told; "": of the one that is heard. */
  lead = "";

  /** `sound` is what engine() gives: the context, and where to connect. */
  constructor(sound) {
    super();
    this.sound = sound;
    this.#scheduler = new Scheduler(sound);
  }

  /** Add a piece under a name, silent until it gets a level. */
  add(id, chunkCache) {
    chunkCache.addEventListener("grown", () => this.#tell("grown"));
    return this.#scheduler.add(id, chunkCache);
  }

  drop(id) {
    this.#scheduler.drop(id);
  }

  voice(id) {
    return this.#scheduler.voices.get(id);
  }

  /** Move every voice to its level, all at one moment: `levels` by name, 0 for the others. */
  level(levels) {
    if (this.#scheduler.isRunning) this.#scheduler.cover();
    const at = this.context.currentTime + SWITCH_S;
    for (const [id, voice] of this.#scheduler.voices) voice.setLevel(levels.get(id) ?? 0, { at });
  }

  /** Have a silent voice run so many samples ahead of the time that is told now. */
  shift(id, samples) {
    this.voice(id).moveTo(this.#shift + samples);
  }

  /** Samples by which the time that is told is ahead of the clock. */
  get #shift() {
    return (this.voice(this.lead) ?? this.#scheduler.heard[0])?.shift ?? 0;
  }

  get context() {
    return this.sound.context;
  }

  get rate() {
    return this.#rate;
  }

  get paused() {
    return !this.#wants;
  }

  /** Seconds into the music. */
  get position() {
    const sample = this.#scheduler.sampleAt(this.#scheduler.frame) ?? this.#sample;
    return (sample + this.#shift) / RATE;
  }

  /** Seconds that can be heard so far, or null when all of it can. */
  get available() {
    const growing = this.#scheduler.heard.filter(({ chunkCache }) => !chunkCache.isWhole);
    return growing.length
      ? Math.min(...growing.map(({ chunkCache }) => chunkCache.length)) / RATE
      : null;
  }

  /** Seconds at which it really ends, or null while that is not known. */
  get end() {
    const { heard } = this.#scheduler;
    if (heard.some(({ chunkCache }) => !chunkCache.isWhole)) return null;
    return Math.max(...heard.map(({ chunkCache }) => chunkCache.length)) / RATE;
  }

  /** Go to a position and get the first sound of it. */
  async attach(at) {
    this.seek(at);
    await this.#readyAt(this.#sample);
  }

  /**
   * Play. To join a sound that is running, `follow(context time)` tells its position in seconds;
   * `fade` is how long it takes to be there.
   */
  async play({ follow = null, fade } = {}) {
    this.#wants = true;
    this.sentence = "";
    if (!this.#scheduler.isRunning) await this.#start(follow, fade);
  }

  /** Resolves when what was asked to play is heard. */
  async begun() {
    while (this.#wants && this.#scheduler.isSilent) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Fade to silence, and stop there. */
  fadeOut(seconds) {
    this.#wants = false;
    this.#halt(seconds);
  }

  pause() {
    this.#wants = false;
    this.#halt();
    this.#tell("change");
  }

  seek(seconds) {
    this.#halt();
    this.#sample = Math.max(0, Math.round(seconds * RATE)) - this.#shift;
    if (this.#wants) this.#start().catch((error) => this.#break(error));
    this.#tell("time");
  }

  detach() {
    this.pause();
    this.isClosed = true;
    this.#scheduler.close();
  }

  setRate(rate) {
    this.#rate = rate;
    this.#replan();
  }

  setLoop(from, to) {
    const shift = this.#shift;
    this.#loop = { from: Math.round(from * RATE) - shift, to: Math.round(to * RATE) - shift };
    this.#replan();
  }

  clearLoop() {
    this.#loop = null;
    this.#replan();
  }

  async #start(follow = null, fade = undefined) {
    this.#turn += 1;
    const turn = this.#turn;
    const scheduler = this.#scheduler;
    this.#setReady(false);
    await this.sound.resume();
    const sampleAt = (time) =>
      follow ? Math.round(follow(time) * RATE) - this.#shift : this.#sample;
    await this.#readyAt(sampleAt(scheduler.context.currentTime));
    if (turn !== this.#turn || !this.#wants) return;
    const at = scheduler.soon;
    const sample = sampleAt(at / RATE);
    scheduler.begin(at, sample, { loop: this.#loop, rate: this.#rate, fade });
    this.#setReady(true);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #readyAt(sample) {
    return Promise.all(this.#scheduler.heard.map((voice) => voice.ready(sample + voice.shift)));
  }

  /** Follow the wishes of this moment: several of them make one new plan. */
  #replan() {
    this.#replanning ??= Promise.resolve().then(() => {
      this.#replanning = null;
      if (this.#scheduler.isRunning) this.#scheduler.replan({ loop: this.#loop, rate: this.#rate });
    });
  }

  #halt(fade) {
    this.#turn += 1;
    clearInterval(this.#timer);
    if (this.#scheduler.isRunning) this.#sample = this.#scheduler.halt(fade);
  }

  #tick() {
    const scheduler = this.#scheduler;
    scheduler.cover();
    const failed = scheduler.heard.find(({ trouble }) => trouble);
    if (failed) return this.#break(failed.trouble);
    if (scheduler.isOver) return this.#end();
    if (scheduler.isStarved) {
      this.#halt();
      this.#start().catch((error) => this.#break(error));
    }
    return this.#tell("time");
  }

  #end() {
    this.#wants = false;
    this.#halt();
    this.#sample = -this.#shift;
    this.#tell("ended");
  }

  #break(error) {
    if (error.name === "AbortError") return;
    this.pause();
    for (const voice of this.#scheduler.voices.values()) voice.trouble = null;
    this.sentence = error.message;
    this.#tell("broken");
  }

  #setReady(isReady) {
    this.isReady = isReady;
    this.#tell("change");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
