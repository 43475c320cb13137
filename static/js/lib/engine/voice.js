// One deck carrying one rendition of a track. Events: "time", "change", "paused", "ended", "grown"
// (more can be played), "lost" (it stopped).

import { Source } from "../source.js";
import { decks } from "./decks.js";
import { factor, normalisation } from "./loudness.js";
import { settings } from "./settings.js";

const STATES = ["play", "playing", "waiting", "canplay", "ratechange", "seeked", "pause"];

export class Voice extends EventTarget {
  #listening = null;
  #rate = 1;
  #keepsPitch = settings.keepsPitch;

  constructor(lease, quality = settings.quality) {
    super();
    this.lease = lease;
    this.quality = quality;
    this.deck = null;
    this.source = null;
  }

  get audio() {
    return this.deck?.audio ?? null;
  }

  get kind() {
    return this.source?.kind ?? "";
  }

  get available() {
    return this.source?.available ?? null;
  }

  get position() {
    return this.audio?.currentTime ?? 0;
  }

  get rate() {
    return this.#rate;
  }

  get paused() {
    return !this.audio || (this.audio.paused && !this.audio.ended);
  }

  get isReady() {
    return Boolean(this.audio) && this.audio.readyState >= 3;
  }

  /** Take a deck and load at a position in seconds; unheard until faded in where `silent`. */
  async attach(at, { silent = false } = {}) {
    const deck = decks.take();
    if (!deck) throw new DOMException("Every deck is in use.", "AbortError");
    const source = new Source(deck, this.lease, this.quality);
    this.deck = deck;
    this.source = source;
    deck.fadeTo(silent ? 0 : 1);
    this.trim();
    for (const name of ["grown", "lost"]) source.addEventListener(name, () => this.#tell(name));
    await source.attach(at);
    this.#listen();
    this.#setSpeed();
  }

  detach() {
    this.#listening?.abort();
    this.source?.detach();
    if (this.deck) decks.free(this.deck);
    this.deck = null;
    this.source = null;
  }

  play() {
    return this.audio.play();
  }

  pause() {
    this.audio?.pause();
  }

  seek(seconds) {
    this.audio.currentTime = seconds;
  }

  setRate(rate) {
    this.#rate = rate;
    this.#setSpeed();
  }

  setKeepsPitch(keeps) {
    this.#keepsPitch = keeps;
    this.#setSpeed();
  }

  /** A little faster or slower than asked for, to meet another voice; 1 ends it. */
  nudge(by) {
    this.audio.playbackRate = this.#rate * by;
  }

  /** Set the gain of this piece by what the listener likes. */
  trim() {
    this.deck?.setTrim(settings.normalises ? factor(normalisation(this.lease.track)) : 1);
  }

  /** Resolves when it can play on at once; rejects when it was put away. */
  async ready() {
    while (!this.isReady || this.audio.seeking) {
      if (!this.audio) throw new DOMException("Superseded", "AbortError");
      const { audio } = this;
      await new Promise((resolve) => {
        const look = new AbortController();
        const done = () => {
          look.abort();
          resolve();
        };
        for (const name of ["canplay", "seeked", "emptied"]) {
          audio.addEventListener(name, done, { signal: look.signal });
        }
      });
    }
  }

  #setSpeed() {
    if (!this.audio) return;
    this.audio.preservesPitch = this.#keepsPitch;
    this.audio.defaultPlaybackRate = this.#rate;
    this.audio.playbackRate = this.#rate;
  }

  #listen() {
    const { audio } = this;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const name of STATES) {
      audio.addEventListener(name, () => this.#tell("change"), { signal });
    }
    audio.addEventListener("pause", () => audio.ended || this.#tell("paused"), { signal });
    audio.addEventListener("timeupdate", () => audio.readyState > 0 && this.#tell("time"), {
      signal,
    });
    audio.addEventListener("ended", () => this.#tell("ended"), { signal });
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
