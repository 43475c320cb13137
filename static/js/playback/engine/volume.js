// The listener's volume: where the slider stands, how loud that is, and the fade to silence.
// Event "level" on `volume` whenever one of them changed.

import { recall, remember } from "../../core/storage.js";
import { setLevel } from "./context.js";
import { decks } from "./decks.js";

const RANGE_DB = 50;
const TOE = 0.1; // below this the curve bends down to real silence

/** The gain of a slider position from 0 to 1: even steps are heard as even (decibels). */
export function curve(position) {
  if (position <= 0) return 0;
  return 10 ** (((Math.min(1, position) - 1) * RANGE_DB) / 20) * Math.min(1, position / TOE);
}

class Volume extends EventTarget {
  #position = 1;
  #muted = false;
  #fade = 1;

  /** As it was when this browser was last here. */
  restore() {
    const { volume = 1, muted = false } = recall("volume", {});
    this.#position = Math.min(1, Math.max(0, Number(volume) || 0));
    this.#muted = Boolean(muted);
    this.#apply();
  }

  /** Where the slider stands, 0 to 1. */
  get position() {
    return this.#position;
  }

  get muted() {
    return this.#muted;
  }

  set(position, muted) {
    this.#position = Math.min(1, Math.max(0, position));
    this.#muted = muted;
    remember("volume", { volume: this.#position, muted });
    this.#apply();
  }

  /** A factor over all of it, reached in `seconds`: 0 for silence, 1 for as it was. */
  fade(factor, seconds = 0) {
    this.#fade = factor;
    this.#apply(seconds || undefined);
  }

  #apply(seconds) {
    const gain = this.#muted ? 0 : curve(this.#position) * this.#fade;
    setLevel(gain, seconds);
    decks.setLevel(gain, this.#muted, seconds);
    this.dispatchEvent(new Event("level"));
  }
}

export const volume = new Volume();
