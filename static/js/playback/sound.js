// The sound of one track on the page's decks: its addresses, what carries them, and mending both.
// This is one kind of *sound*; whatever else plays through the player offers the same: `kind`,
// `position`, `paused`, `available` (seconds playable so far; null: all), `isReady` (goes on at
// once), `attach(at)`, `play()`, `pause()`, `seek(s)`, `detach()`, `setRate(x)`, `setKeepsPitch(b)`,
// `setLoop(from, to)`, `clearLoop()`, and the events "time", "change", "paused" (by the system),
// "grown" (more can be played), "restart" (attach me anew), "broken" (with a `sentence`), "ended".
// Optional: `end` (seconds at which it really ends), `fade(gain, seconds)`, `front()`.

import { SignedUrls } from "../core/signed-urls.js";
import { running } from "./engine/context.js";
import { decks } from "./engine/decks.js";
import { join } from "./engine/joining.js";
import { Loop } from "./engine/loop.js";
import { Mending } from "./engine/mending.js";
import { settings } from "./engine/settings.js";
import { Voice } from "./engine/voice.js";

const CHANGE_SECONDS = 0.04;
const SAME = { isSame: true };
const PASSED_ON = ["time", "change", "paused", "grown"];

export class Sound extends EventTarget {
  #voice = null;
  #mending = new Mending();
  #rate = 1;
  #keepsPitch = settings.keepsPitch;
  #isFront = false;
  #loop = new Loop(this);

  sentence = "";

  constructor(track) {
    super();
    this.signedUrls = new SignedUrls(track);
    // Another attempt was published: the same piece lies elsewhere now.
    this.signedUrls.addEventListener("moved", () => this.#restart());
  }

  get voice() {
    return this.#voice;
  }

  get audio() {
    return this.#voice?.audio ?? null;
  }

  get kind() {
    return this.#voice?.kind ?? "";
  }

  /** The rendition that is fetched now: opus, opus64, aac, flac, alac, native or mp3. */
  get rendition() {
    return this.#voice?.source?.rendition ?? "";
  }

  get available() {
    return this.#voice?.available ?? null;
  }

  get position() {
    return this.#voice?.position ?? 0;
  }

  get paused() {
    return this.#voice?.paused ?? true;
  }

  get isReady() {
    return this.#voice?.isReady ?? false;
  }

  get rate() {
    return this.#rate;
  }

  /** Seconds at which it really ends, or null while that is not known. */
  get end() {
    const ends = this.available === null ? this.audio?.duration : null;
    return Number.isFinite(ends) ? ends : null;
  }

  async attach(at, options) {
    const voice = this.newVoice();
    this.#take(voice);
    await voice.attach(at, options);
    this.signedUrls.attached = this.signedUrls.signed?.attempt ?? "";
    this.#show();
  }

  detach() {
    this.#loop.rest();
    this.#voice?.detach();
    this.#voice = null;
  }

  async play() {
    if (this.#voice.deck.isWired && !running()) await this.#goAround();
    await this.#voice.play();
    this.#loop.arm();
    this.#mending.forget();
  }

  pause() {
    this.#loop.hold();
    this.#voice?.pause();
  }

  seek(seconds) {
    this.#loop.hold();
    this.#voice.seek(seconds);
    this.#loop.arm();
  }

  setRate(rate) {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#loop.rest();
    this.#voice?.setRate(rate);
    this.#loop.arm();
  }

  setKeepsPitch(keeps) {
    if (keeps === this.#keepsPitch) return;
    this.#keepsPitch = keeps;
    this.#loop.rest();
    this.#voice?.setKeepsPitch(keeps);
    this.#loop.arm();
  }

  setLoop(from, to) {
    this.#loop.set(from, to);
  }

  clearLoop() {
    this.#loop.set(null, null);
  }

  /** Fade to a gain in `seconds`; `how` as a deck knows it. */
  fade(gain, seconds, how) {
    this.#voice?.deck?.fadeTo(gain, seconds, how);
  }

  /** The listener changed how loud pieces are to be. */
  trim() {
    this.#voice?.trim();
  }

  /** From now on this is what the page's player plays. */
  front() {
    this.#isFront = true;
    this.#show();
  }

  /** A further voice of the same track, as fast as this one. */
  newVoice(quality = settings.quality) {
    const voice = new Voice(this.signedUrls, quality);
    voice.setRate(this.#rate);
    voice.setKeepsPitch(this.#keepsPitch);
    return voice;
  }

  /** Let another voice of this track be the one that is heard. Returns the one before. */
  swap(voice) {
    const before = this.#voice;
    this.#take(voice);
    this.#show();
    return before;
  }

  /** Change the rendition without a gap: in place, or from a second deck at the same moment. */
  async choose(quality) {
    const before = this.#voice;
    if (!before?.source || before.kind !== "hls" || before.source.choose(quality)) return;
    this.#loop.rest();
    const voice = this.newVoice(quality);
    try {
      await join(voice, before);
    } catch {
      return voice.detach(); // the one that plays goes on
    }
    if (before !== this.#voice) return voice.detach();
    voice.deck.fadeTo(1, CHANGE_SECONDS, SAME);
    before.deck.fadeTo(0, CHANGE_SECONDS, SAME);
    this.swap(voice);
    setTimeout(() => before.detach(), CHANGE_SECONDS * 2000);
    this.#tell("change");
    return this.#loop.arm();
  }

  #take(voice) {
    this.#voice = voice;
    const on = (name, action) =>
      voice.addEventListener(name, () => voice === this.#voice && action());
    for (const name of PASSED_ON) on(name, () => this.#tell(name));
    on("lost", () => this.#mend());
    on("ended", () => this.#loop.ended() || this.#tell("ended"));
  }

  #show() {
    if (this.#isFront && this.#voice?.deck) decks.show(this.#voice.deck);
  }

  /** The graph fell asleep (a call came in, say): be heard without it. */
  async #goAround() {
    const at = this.position;
    this.detach();
    await this.attach(at);
  }

  async #mend() {
    const sentence = await this.#mending.mend(this);
    if (!sentence) return this.#restart();
    this.sentence = sentence;
    return this.#tell("broken");
  }

  #restart() {
    this.detach();
    this.#tell("restart");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
