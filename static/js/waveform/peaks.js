// The peaks of one version at every scale: what is here is told at once, what is missing is fetched.
// Event: "more".

import { CHUNK, Scale } from "./scale.js";

const SAMPLES = [2048, 256, 32]; // per pixel, the coarsest first
const QUIET_MS = 60; // a hand that zooms passes scales nobody needs
const QUIETEST = 0.02;

export class Peaks extends EventTarget {
  #store = null;
  #timer = 0;
  #opening = null;

  /** The extremes that `measure` found last, −1…1. */
  low = 0;
  high = 0;

  constructor(track, duration) {
    super();
    this.track = track;
    const data = Int8Array.from(track.overview ?? []);
    const step = Math.max(duration, 0.01) / Math.max(1, data.length / 2);
    const whole = new Scale(0, step, data.length / 2);
    whole.put(0, data);
    /** From the coarsest to the finest. */
    this.scales = [whole];
    const loudest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    this.loudest = Math.max(QUIETEST, loudest / 128);
  }

  /** Find the extremes from one moment to another in the finest peaks here that `step` needs. */
  measure(from, to, step) {
    let scale = this.#suited(step);
    while (scale > 0 && !this.#covers(this.scales[scale], from, to)) scale -= 1;
    return this.#read(this.scales[scale], from, to);
  }

  /** True when the finest peaks there are are here, all the way between two moments. */
  isFine(from, to) {
    return this.#covers(this.scales.at(-1), from, to);
  }

  /** Have peaks of `step` seconds, or the finest there are, fetched between two moments. */
  want(from, to, step) {
    clearTimeout(this.#timer);
    if (step >= this.scales[0].step || !this.track.waveform_url) return;
    this.#timer = setTimeout(() => this.#fetch(from, to, step).catch(() => {}), QUIET_MS);
  }

  /** The coarsest scale that is fine enough. */
  #suited(step) {
    const index = this.scales.findIndex((scale) => scale.step <= step * 1.001);
    return index < 0 ? this.scales.length - 1 : index;
  }

  async #fetch(from, to, step) {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    await this.#opening;
    const scale = this.scales[this.#suited(step)];
    await Promise.all(scale.missing(from, to).map((run) => this.#load(scale, run)));
  }

  async #open() {
    const { Store } = await import("./store.js");
    this.#store = new Store(this.track);
    const head = await this.#store.head(SAMPLES[1]);
    if (!head) {
      const { rate, scale, data } = await this.#store.json();
      const whole = new Scale(scale, scale / rate, data.length / 2);
      whole.put(0, data);
      this.scales.push(whole);
      this.dispatchEvent(new Event("more"));
      return;
    }
    const frames = head.length * SAMPLES[1];
    const finer = SAMPLES.map((samples) => {
      return new Scale(samples, samples / head.rate, Math.ceil(frames / samples));
    });
    this.scales.push(...finer.filter((scale) => scale.step < this.scales[0].step));
  }

  async #load(scale, run) {
    const arrived = scale.asks(run);
    try {
      const to = Math.min(run.to * CHUNK, scale.length);
      scale.put(run.from, await this.#store.pixels(scale.samples, run.from * CHUNK, to));
      this.dispatchEvent(new Event("more"));
    } finally {
      arrived();
    }
  }

  #covers(scale, from, to) {
    const last = Math.min(Math.ceil(to / scale.step), scale.length) - 1;
    const first = Math.min(Math.floor(from / scale.step), last);
    for (let pixel = first; pixel < last; pixel += CHUNK) {
      if (!scale.chunk(pixel)) return false;
    }
    return scale.chunk(Math.max(0, last)) !== undefined;
  }

  #read(scale, from, to) {
    let [low, high] = [127, -128];
    const first = Math.min(Math.max(0, Math.floor(from / scale.step)), scale.length - 1);
    const end = Math.min(Math.max(first + 1, Math.ceil(to / scale.step - 1e-6)), scale.length);
    for (let pixel = first; pixel < end; pixel++) {
      const chunk = scale.chunk(pixel);
      const at = (pixel % CHUNK) * 2;
      if (chunk[at] < low) low = chunk[at];
      if (chunk[at + 1] > high) high = chunk[at + 1];
    }
    this.low = low > high ? 0 : low / 128;
    this.high = low > high ? 0 : high / 128;
  }
}
