// Several pieces that sound together on one clock: versions of a piece, of which one is heard, or
// the stems of one. To the player it is a sound like any other (kind "mix").
// Events: "time" "change" "grown" "broken" (with a sentence) "ended".

import { RATE } from "./chunk-cache.js";
import { Voices } from "./voices.js";

const TICK_MS = 100;

export class Mix extends Voices {
  #wants = false;
  #turn = 0;
  #timer = 0;

  kind = "mix";
  isReady = true;
  isClosed = false;
  sentence = "";
  /** What the player holds of it; see mix-sound.js. */
  mixSound = null;

  get paused() {
    return !this.#wants;
  }

  /** Go to a position and get the first sound of it. */
  async attach(at) {
    this.seek(at);
    await this.readyAt(this.sample);
  }

  /**
   * Play. To join a sound that is running, `follow(context time)` tells its position in seconds;
   * `fade` is how long it takes to be there.
   */
  async play({ follow = null, fade } = {}) {
    this.#wants = true;
    this.sentence = "";
    if (!this.scheduler.isRunning) await this.#start(follow, fade);
  }

  /** Resolves when what was asked to play is heard. */
  async begun() {
    while (this.#wants && this.scheduler.isSilent) {
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
    this.tell("change");
  }

  seek(seconds) {
    this.#halt();
    this.sample = Math.max(0, Math.round(seconds * RATE)) - this.shiftOfLead;
    if (this.#wants) this.#start().catch((error) => this.#break(error));
    this.tell("time");
  }

  detach() {
    this.pause();
    this.isClosed = true;
    this.scheduler.close();
  }

  async #start(follow = null, fade = undefined) {
    this.#turn += 1;
    const turn = this.#turn;
    const scheduler = this.scheduler;
    this.#setReady(false);
    await this.sound.resume();
    const sampleAt = (time) =>
      follow ? Math.round(follow(time) * RATE) - this.shiftOfLead : this.sample;
    await this.readyAt(sampleAt(scheduler.context.currentTime));
    if (turn !== this.#turn || !this.#wants) return;
    const at = scheduler.soon;
    const sample = sampleAt(at / RATE);
    scheduler.begin(at, sample, { loop: this.loop, rate: this.rate, fade });
    this.#setReady(true);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #halt(fade) {
    this.#turn += 1;
    clearInterval(this.#timer);
    if (this.scheduler.isRunning) this.sample = this.scheduler.halt(fade);
  }

  #tick() {
    const scheduler = this.scheduler;
    scheduler.cover();
    const failed = scheduler.heard.find(({ trouble }) => trouble);
    if (failed) return this.#break(failed.trouble);
    if (scheduler.isOver) return this.#end();
    if (scheduler.isStarved) {
      this.#halt();
      this.#start().catch((error) => this.#break(error));
    }
    return this.tell("time");
  }

  #end() {
    this.#wants = false;
    this.#halt();
    this.sample = -this.shiftOfLead;
    this.tell("ended");
  }

  #break(error) {
    if (error.name === "AbortError") return;
    this.pause();
    for (const voice of this.scheduler.voices.values()) voice.trouble = null;
    this.sentence = error.message;
    this.tell("broken");
  }

  #setReady(isReady) {
    this.isReady = isReady;
    this.tell("change");
  }
}
