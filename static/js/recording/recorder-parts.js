// What stands around a recording: the choice of a microphone, the level, and the take to listen to.

import { microphones } from "./recording.js";

const FLOOR_DB = -60;
const FALL_DB = 0.7; // a frame
const LOUD_DB = -1;
const SILENT_MS = 4000;

/** Offer the microphones there are, once the browser names them. */
export async function offerDevices(field, select) {
  const found = await microphones().catch(() => []);
  const chosen = select.value;
  field.hidden = found.length < 2;
  select.replaceChildren(...found.map((each) => new Option(each.label, each.deviceId)));
  if (found.some((each) => each.deviceId === chosen)) select.value = chosen;
}

/** Shows the level, and knows when something should be said about it. */
export class Level {
  constructor(meter) {
    this.meter = meter;
    this.reset();
  }

  reset() {
    this.meter.value = FLOOR_DB;
    this.heardAt = performance.now();
  }

  /** Show a level in decibels; returns a sentence where something is wrong. */
  show(decibels) {
    const { meter } = this;
    // It rises at once and falls slowly, so that the eye can follow.
    meter.value = Math.max(FLOOR_DB, decibels, meter.value - FALL_DB);
    meter.textContent = `${Math.round(decibels)} dB`;
    const now = performance.now();
    if (decibels > FLOOR_DB) this.heardAt = now;
    if (decibels > LOUD_DB) return "Too loud: it clips. Step back or turn the input down.";
    if (now - this.heardAt < SILENT_MS) return "";
    return "Nothing is heard. Is this the right microphone?";
  }
}

/** What was recorded, to be listened to before it is sent. */
export class Take {
  #url = "";

  constructor(audio) {
    this.audio = audio;
  }

  show(file) {
    this.forget();
    this.#url = URL.createObjectURL(file);
    this.audio.src = this.#url;
    this.audio.hidden = false;
  }

  forget() {
    this.audio.pause();
    this.audio.hidden = true;
    this.audio.removeAttribute("src");
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = "";
  }
}
