// One <audio> element and its way to the ear. Where the audio graph runs and the sound comes through
// Media Source Extensions it is heard through the graph; else (Safari's own HLS is silent there) by
// itself.

import { running } from "./context.js";

/** Seconds for which a deck can hold back what it plays. */
export const LONGEST_DELAY = 2;
const STEP_MS = 20;

/**
 * Points of a fade. Two of them, crossed, keep their loudness: of even power for two pieces of
 * music, straight for twice the same piece, which adds up.
 */
function curveOf(from, to, isSame) {
  const rising = to > from;
  return Float32Array.from({ length: 33 }, (_, step) => {
    const angle = (step / 32) * (Math.PI / 2);
    const even = rising ? Math.sin(angle) : 1 - Math.cos(angle);
    return from + (to - from) * (isSame ? step / 32 : even);
  });
}

export class Deck {
  #nodes = null;
  #trim = 1;
  #fade = 1;
  #level = 1;
  #delay = 0;
  #timers = {};

  constructor(audio) {
    this.audio = audio;
    this.isTaken = false;
  }

  /** Lead the element into the graph, if that runs and the element may be heard there. */
  wire() {
    const graph = running();
    if (this.#nodes || !graph) return;
    const { context } = graph;
    const source = context.createMediaElementSource(this.audio);
    const delay = new DelayNode(context, { maxDelayTime: LONGEST_DELAY });
    const trim = new GainNode(context, { gain: this.#trim });
    const fade = new GainNode(context, { gain: this.#fade });
    source.connect(delay).connect(trim).connect(fade).connect(graph.input);
    this.#nodes = { context, delay, trim, fade };
    this.audio.volume = 1;
  }

  get isWired() {
    return this.#nodes !== null;
  }

  /** Seconds by which what the element plays is heard later. Only the graph can do that. */
  get delay() {
    return this.#delay;
  }

  set delay(seconds) {
    if (!this.#nodes || seconds === this.#delay) return;
    this.#delay = Math.min(LONGEST_DELAY, Math.max(0, seconds));
    this.#nodes.delay.delayTime.value = this.#delay;
  }

  /** An element led into the graph stays there for good: take a fresh one where that is silent. */
  unwire() {
    if (!this.#nodes) return;
    const fresh = this.audio.cloneNode();
    this.#nodes.fade.disconnect();
    this.#nodes = null;
    this.#delay = 0;
    this.audio.replaceWith(fresh);
    this.audio = fresh;
    this.#sound();
  }

  /** The gain of what plays here (loudness normalisation), reached in `seconds`. */
  setTrim(gain, seconds = 0.05) {
    this.#trim = gain;
    if (this.#nodes) this.#ramp(this.#nodes.trim.gain, gain, seconds);
    else this.#sound();
  }

  /** The listener's volume, where it does not go through the graph. */
  setLevel(gain, muted, seconds = 0) {
    this.audio.muted = muted;
    this.#glide("level", (value) => (this.#level = value), this.#level, gain, seconds);
  }

  /** Fade to `gain` in `seconds`, `later` seconds from now; `isSame`: against the same music. */
  fadeTo(gain, seconds = 0, { later = 0, isSame = false } = {}) {
    const from = this.#fade;
    this.#fade = gain;
    if (!this.#nodes) {
      return this.#glide("fade", (value) => (this.#fade = value), from, gain, seconds);
    }
    const { context, fade } = this.#nodes;
    fade.gain.cancelScheduledValues(0);
    if (seconds <= 0) fade.gain.setValueAtTime(gain, context.currentTime);
    else {
      const curve = curveOf(fade.gain.value, gain, isSame);
      fade.gain.setValueCurveAtTime(curve, context.currentTime + later, seconds);
    }
  }

  #ramp(param, value, seconds) {
    const now = this.#nodes.context.currentTime;
    param.cancelScheduledValues(0);
    param.setValueAtTime(param.value, now);
    param.linearRampToValueAtTime(value, now + seconds);
  }

  #glide(what, put, from, to, seconds) {
    clearInterval(this.#timers[what]);
    const began = performance.now();
    const step = () => {
      const done = seconds > 0 ? Math.min(1, (performance.now() - began) / (seconds * 1000)) : 1;
      put(from + (to - from) * done);
      this.#sound();
      if (done === 1) clearInterval(this.#timers[what]);
    };
    if (seconds > 0) this.#timers[what] = setInterval(step, STEP_MS);
    step();
  }

  #sound() {
    if (!this.#nodes) this.audio.volume = Math.min(1, this.#level * this.#trim * this.#fade);
  }
}
