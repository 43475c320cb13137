// How this listener likes to hear: remembered in this browser. Event "change" with the name set.

import { recall, remember } from "../../core/storage.js";

export const QUALITIES = ["auto", "opus", "opus64", "aac", "lossless"];
export const LONGEST_CROSSFADE = 12;

const PLAIN = {
  quality: "auto",
  crossfade: 0,
  normalises: false,
  keepsPitch: true,
  continues: true,
};

const valid = {
  quality: (value) => QUALITIES.includes(value),
  crossfade: (value) => Number.isFinite(value) && value >= 0 && value <= LONGEST_CROSSFADE,
  normalises: (value) => typeof value === "boolean",
  keepsPitch: (value) => typeof value === "boolean",
  continues: (value) => typeof value === "boolean",
};

class Settings extends EventTarget {
  #values = { ...PLAIN };

  constructor() {
    super();
    for (const [name, value] of Object.entries(recall("sound", {}))) {
      if (valid[name]?.(value)) this.#values[name] = value;
    }
  }

  get quality() {
    return this.#values.quality;
  }

  /** Seconds for which one piece fades into the next; 0: they follow without a gap. */
  get crossfade() {
    return this.#values.crossfade;
  }

  get normalises() {
    return this.#values.normalises;
  }

  get keepsPitch() {
    return this.#values.keepsPitch;
  }

  /** Whether similar pieces follow at the end of a queue. */
  get continues() {
    return this.#values.continues;
  }

  /** Change one of them; what is no possible value changes nothing. */
  set(name, value) {
    if (!valid[name]?.(value) || this.#values[name] === value) return;
    this.#values[name] = value;
    remember("sound", this.#values);
    this.dispatchEvent(new CustomEvent("change", { detail: { name } }));
  }
}

export const settings = new Settings();
