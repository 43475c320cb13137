// One deck carrying one rendition of a track. Events: "time", "change", "paused", "ended", "grown"
// (more can be played), "lost" (it stopped).

import { Source } from "../source.js";
import { LONGEST_DELAY } from "./deck.js";
import { decks } from "./decks.js";
import { factor, normalisation } from "./loudness.js";
import { settings } from "./settings.js";

const STATES = ["play", "playing", "waiting", "canplay", "ratechange", "seeked", "pause"];
const MOVED_SECONDS = 0.03; // from here on the element really plays
const LOOK_MS = 5;

export class Voice extends EventTarget {
  #listening = null;
  #rate = 1;
  #origin = 0;
  #endedAt = 0;
  #keepsPitch = settings.keepsPitch;

  constructor(signedUrls, quality = settings.quality) {
    super();
    this.signedUrls = signedUrls;
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

  /** What is heard now, in seconds; the element is ahead of that by the deck's delay. */
  get position() {
    const { audio, deck } = this;
    if (!audio) return 0;
    if (!deck.delay) return audio.currentTime;
    const since = audio.ended ? (performance.now() - this.#endedAt) / 1000 : 0;
    const behind = Math.max(0, deck.delay - since) * this.#rate;
    return Math.max(this.#origin, audio.currentTime - behind);
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
    const source = new Source(deck, this.signedUrls, this.quality);
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
    this.#catchUp();
  }

  seek(seconds) {
    this.deck.delay = 0;
    if (this.isLoaded) this.audio.currentTime = seconds;
    else this.source.at = seconds;
  }

  /** Whether there is something in the element that it can move in. */
  get isLoaded() {
    return this.audio?.readyState > 0;
  }

  /**
   * Play so that the present place is heard when `until()` seconds have passed: begun at once, held
   * back, and let go at the right distance, so that a busy machine has time. Resolves when set.
   */
  async cue(until) {
    const { audio, deck } = this;
    this.#origin = audio.currentTime;
    deck.delay = LONGEST_DELAY;
    await audio.play();
    while (audio.currentTime - this.#origin < MOVED_SECONDS) {
      if (audio !== this.audio || audio.paused) throw new DOMException("Superseded", "AbortError");
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    deck.delay = (audio.currentTime - this.#origin) / this.#rate + until();
  }

  setRate(rate) {
    if (rate === this.#rate) return;
    this.#catchUp();
    this.#rate = rate;
    this.#setSpeed();
  }

  setKeepsPitch(keeps) {
    this.#keepsPitch = keeps;
    this.#setSpeed();
  }

  /** Set the gain of this piece by what the listener likes. */
  trim() {
    this.deck?.setTrim(settings.normalises ? factor(normalisation(this.signedUrls.track)) : 1);
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

  /** Have the element where the ear is. */
  #catchUp() {
    if (this.deck?.delay) this.seek(this.position);
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
    const paused = () => audio.ended || audio.error || this.#tell("paused");
    audio.addEventListener("pause", paused, { signal });
    audio.addEventListener("timeupdate", () => audio.readyState > 0 && this.#tell("time"), {
      signal,
    });
    const ended = () => {
      this.#endedAt = performance.now();
      setTimeout(
        () => signal.aborted || !audio.ended || this.#tell("ended"),
        this.deck.delay * 1000,
      );
    };
    audio.addEventListener("ended", ended, { signal });
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
