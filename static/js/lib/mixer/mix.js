// Several pieces that sound together on one clock: versions of a piece, of which one is heard, or
// the stems of one. To the player it is a sound like any other (kind "mix").
// Events: "time" "change" "grown" "broken" (with a sentence) "ended".

import { RATE } from "./reel.js";
import { Stage } from "./stage.js";

const TICK_MS = 100;

export class Mix extends EventTarget {
  #stage;
  #sample = 0;
  #wants = false;
  #turn = 0;
  #timer = 0;
  #loop = null;
  #rate = 1;

  kind = "mix";
  isReady = true;
  isAttached = true;
  sentence = "";

  /** `sound` is what engine() gives: the context, and where to connect. */
  constructor(sound) {
    super();
    this.sound = sound;
    this.#stage = new Stage(sound);
  }

  /** Add a piece under a name, silent until it gets a level. */
  add(id, reel) {
    reel.addEventListener("grown", () => this.#tell("grown"));
    return this.#stage.add(id, reel);
  }

  drop(id) {
    this.#stage.drop(id);
  }

  voice(id) {
    return this.#stage.voices.get(id);
  }

  get ids() {
    return [...this.#stage.voices.keys()];
  }

  get paused() {
    return !this.#wants;
  }

  /** Seconds into the music. */
  get position() {
    return (this.#stage.sampleAt(this.#stage.frame) ?? this.#sample) / RATE;
  }

  /** Seconds that can be heard so far, or null when all of it can. */
  get available() {
    const growing = this.#stage.heard.filter(({ reel }) => !reel.isWhole);
    return growing.length ? Math.min(...growing.map(({ reel }) => reel.length)) / RATE : null;
  }

  /** Go to a position and get the first sound of it. */
  async attach(at) {
    this.seek(at);
    await Promise.all(this.#stage.heard.map((voice) => voice.ready(this.#sample)));
  }

  /**
   * Play. To join a sound that is running, `follow(context time)` tells its position in seconds;
   * `fade` is how long it takes to be there.
   */
  async play({ follow = null, fade } = {}) {
    this.#wants = true;
    this.sentence = "";
    if (!this.#stage.isRunning) await this.#start(follow, fade);
  }

  pause() {
    this.#wants = false;
    this.#halt();
    this.#tell("change");
  }

  seek(seconds) {
    this.#halt();
    this.#sample = Math.max(0, Math.round(seconds * RATE));
    if (this.#wants) this.#start().catch((error) => this.#break(error));
    this.#tell("time");
  }

  detach() {
    this.pause();
    this.#stage.close();
  }

  setRate(rate) {
    this.#rate = rate;
    this.#replan();
  }

  /** Pieces on one clock are played faster as a tape is: the pitch moves along. */
  setKeepsPitch() {}

  setLoop(from, to) {
    this.#loop = { from: Math.round(from * RATE), to: Math.round(to * RATE) };
    this.#replan();
  }

  clearLoop() {
    this.#loop = null;
    this.#replan();
  }

  async #start(follow = null, fade = undefined) {
    this.#turn += 1;
    const turn = this.#turn;
    const stage = this.#stage;
    this.#setReady(false);
    await this.sound.resume();
    const from = follow ? Math.round(follow(stage.context.currentTime) * RATE) : this.#sample;
    await Promise.all(stage.heard.map((voice) => voice.ready(from)));
    if (turn !== this.#turn || !this.#wants) return;
    const at = stage.soon;
    const sample = follow ? Math.round(follow(at / RATE) * RATE) : this.#sample;
    stage.begin(at, sample, { loop: this.#loop, rate: this.#rate, fade });
    this.#setReady(true);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #replan() {
    if (this.#stage.isRunning) this.#stage.replan({ loop: this.#loop, rate: this.#rate });
  }

  #halt() {
    this.#turn += 1;
    clearInterval(this.#timer);
    if (this.#stage.isRunning) this.#sample = this.#stage.halt();
  }

  #tick() {
    const stage = this.#stage;
    stage.cover();
    const failed = stage.heard.find(({ trouble }) => trouble);
    if (failed) return this.#break(failed.trouble);
    if (stage.isOver) return this.#end();
    if (stage.isStarved) {
      this.#halt();
      this.#start().catch((error) => this.#break(error));
    }
    return this.#tell("time");
  }

  #end() {
    this.#wants = false;
    this.#halt();
    this.#sample = 0;
    this.#tell("ended");
  }

  #break(error) {
    if (error.name === "AbortError") return;
    this.pause();
    for (const voice of this.#stage.voices.values()) voice.trouble = null;
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
