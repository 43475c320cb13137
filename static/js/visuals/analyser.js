// What the scenes hear: a look at the graph's analyser, never anything in the way of the sound.

import { running } from "../playback/engine/context.js";

const BARS = 96;
const LOW_HZ = 40;
const HIGH_HZ = 16_000;
const WAVE = 1024;
const FALL = 0.9; // of a bar, each sixtieth of a second
const SILENT_DB = -96;
const TILT_DB = 3.5; // per octave above 1 kHz
const [FLOOR_DB, HALF_DB] = [-78, 34]; // no bar below; so much above it, a bar is at 0.63

/** Decibels as the height of a bar, 0…1: what is loud nears the top and never lies flat on it. */
const rise = (decibels) => 1 - Math.exp(-Math.max(0, decibels - FLOOR_DB) / HALF_DB);

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
    this.bins ??= new Float32Array(tap.frequencyBinCount);
    tap.getFloatFrequencyData(this.bins);
    const perBin = rate / tap.fftSize;
    const step = (HIGH_HZ / LOW_HZ) ** (1 / BARS);
    for (let bar = 0; bar < BARS; bar += 1) {
      const low = (LOW_HZ * step ** bar) / perBin;
      const high = low * step;
      let loudest = this.#between((low + high) / 2);
      for (let bin = Math.ceil(low); bin < high; bin += 1) {
        loudest = Math.max(loudest, this.bins[bin] ?? SILENT_DB);
      }
      // Music loses some 4 dB an octave; without a lift the right half would lie flat.
      const octaves = Math.log2(((low + high) / 2) * perBin) - Math.log2(1000);
      this.bars[bar] = Math.max(rise(loudest + TILT_DB * octaves), this.bars[bar] * fall);
    }
  }

  /** The level between two bins, by a cubic through four: low bars are narrower than a bin. */
  #between(at) {
    const bin = Math.floor(at);
    const [a, b, c, d] = [-1, 0, 1, 2].map((n) =>
      Math.max(SILENT_DB, this.bins[Math.max(0, bin + n)] ?? SILENT_DB),
    );
    const t = at - bin;
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
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
