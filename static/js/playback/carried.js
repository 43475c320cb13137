// What carries a sound: the voice that is heard, on which deck, and what can be told of it. Whoever
// extends this says what becomes of it when the voice is `lost()` and when it has `ended()`.

import { SignedUrls } from "../core/signed-urls.js";
import { decks } from "./engine/decks.js";
import { settings } from "./engine/settings.js";
import { Voice } from "./engine/voice.js";

const PASSED_ON = ["time", "change", "paused", "grown"];

export class Carried extends EventTarget {
  #isFront = false;

  voice = null;
  rate = 1;
  keepsPitch = settings.keepsPitch;

  constructor(track) {
    super();
    this.signedUrls = new SignedUrls(track);
  }

  get audio() {
    return this.voice?.audio ?? null;
  }

  get kind() {
    return this.voice?.kind ?? "";
  }

  /** The rendition that is fetched now: opus, opus64, aac, flac, alac, native or mp3. */
  get rendition() {
    return this.voice?.source?.rendition ?? "";
  }

  get available() {
    return this.voice?.available ?? null;
  }

  get position() {
    return this.voice?.position ?? 0;
  }

  get paused() {
    return this.voice?.paused ?? true;
  }

  get isReady() {
    return this.voice?.isReady ?? false;
  }

  /** Seconds at which it really ends, or null while that is not known. */
  get end() {
    const ends = this.available === null ? this.audio?.duration : null;
    return Number.isFinite(ends) ? ends : null;
  }

  /** Fade to a gain in `seconds`; `how` as a deck knows it. */
  fade(gain, seconds, how) {
    this.voice?.deck?.fadeTo(gain, seconds, how);
  }

  /** The listener changed how loud pieces are to be. */
  trim() {
    this.voice?.trim();
  }

  /** From now on this is what the page's player plays. */
  front() {
    this.#isFront = true;
    this.show();
  }

  /** A further voice of the same track, as fast as this one. */
  newVoice(quality = settings.quality) {
    const voice = new Voice(this.signedUrls, quality);
    voice.setRate(this.rate);
    voice.setKeepsPitch(this.keepsPitch);
    return voice;
  }

  /** Let another voice of this track be the one that is heard. Returns the one before. */
  swap(voice) {
    const before = this.voice;
    this.take(voice);
    this.show();
    return before;
  }

  take(voice) {
    this.voice = voice;
    const on = (name, action) =>
      voice.addEventListener(name, () => voice === this.voice && action());
    for (const name of PASSED_ON) on(name, () => this.tell(name));
    on("lost", () => this.lost());
    on("ended", () => this.ended());
  }

  show() {
    if (this.#isFront && this.voice?.deck) decks.show(this.voice.deck);
  }

  tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
