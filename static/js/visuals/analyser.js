// What the scenes hear: a look at the graph's analyser, never anything in the way of the sound.

import { running } from "../playback/engine/context.js";

const BARS = 96;
const LOW_HZ = 40;
const HIGH_HZ = 16_000;
const WAVE = 1024;
const FALL = 0.9; // of a bar, each sixtieth of a second

export class Analyser {
  bars = new Float32Array(BARS);
  wave = new Float32Array(WAVE);
  bass = 0;
  level = 0;

  /** Listen once; `elapsed` is in seconds since the last time. */
  listen(elapsed) {
    const graph = running();
    const fall = FALL ** (elapsed * 60);
    if (!graph) {
      this.bars = this.bars.map((bar) => bar * fall);
      this.wave.fill(0);
    } else {
      const tap = graph.tap();
      this.#hearBars(tap, graph.context.sampleRate, fall);
      this.#hearWave(tap);
    }
    const mean = (from, to) =>
      this.bars.subarray(from, to).reduce((sum, bar) => sum + bar, 0) / (to - from);
    const towards = (value, target) => value + (target - value) * Math.min(1, elapsed * 5);
    this.bass = towards(this.bass, mean(0, 18));
    this.level = towards(this.level, mean(0, BARS));
  }

  #hearBars(tap, rate, fall) {
    this.bins ??= new Uint8Array(tap.frequencyBinCount);
    tap.getByteFrequencyData(this.bins);
    const perBin = rate / tap.fftSize;
    const step = (HIGH_HZ / LOW_HZ) ** (1 / BARS);
    for (let bar = 0; bar < BARS; bar += 1) {
      const low = Math.floor((LOW_HZ * step ** bar) / perBin);
      const high = Math.max(low + 1, Math.ceil((LOW_HZ * step ** (bar + 1)) / perBin));
      let loudest = 0;
      for (let bin = low; bin < high; bin += 1) loudest = Math.max(loudest, this.bins[bin] ?? 0);
      // Music loses some 4 dB an octave; without a lift the right half would lie flat.
      const lifted = Math.min(1, (loudest / 255) * (0.85 + (0.4 * bar) / BARS));
      this.bars[bar] = Math.max(lifted, this.bars[bar] * fall);
    }
  }

  /** From a rising zero crossing on, so that a held note stands still. */
  #hearWave(tap) {
    this.samples ??= new Float32Array(tap.fftSize);
    tap.getFloatTimeDomainData(this.samples);
    let start = 0;
    while (start < this.samples.length - WAVE) {
      if (this.samples[start] <= 0 && this.samples[start + 1] > 0) break;
      start += 1;
    }
    this.wave.set(this.samples.subarray(start, start + WAVE));
  }
}
