// The sound of one track on the page's decks: its addresses, what carries them, and mending both.
// This is one kind of *sound*; whatever else plays through the player offers the same: `kind`,
// `position`, `paused`, `available` (seconds playable so far; null: all), `isReady` (goes on at
// once), `attach(at)`, `play()`, `pause()`, `seek(s)`, `detach()`, `setRate(x)`, `setKeepsPitch(b)`,
// `setLoop(from, to)`, `clearLoop()`, and the events "time", "change", "paused" (by the system),
// "grown" (more can be played), "restart" (attach me anew), "broken" (with a `sentence`), "ended".
// Optional: `end` (seconds at which it really ends), `fade(gain, seconds)`, `front()`.

import { Carried } from "./carried.js";
import { running } from "./engine/context.js";
import { join } from "./engine/joining.js";
import { Loop } from "./engine/loop.js";
import { Mending } from "./engine/mending.js";

const CHANGE_SECONDS = 0.04;
const SAME = { isSame: true };

export class Sound extends Carried {
  #mending = new Mending();
  #loop = new Loop(this);

  sentence = "";

  constructor(track) {
    super(track);
    // Another attempt was published: the same piece lies elsewhere now.
    this.signedUrls.addEventListener("moved", () => this.#restart());
  }

  async attach(at, options) {
    const voice = this.newVoice();
    this.take(voice);
    await voice.attach(at, options);
    this.signedUrls.attached = this.signedUrls.signed?.attempt ?? "";
    this.show();
  }

  detach() {
    this.#loop.rest();
    this.voice?.detach();
    this.voice = null;
  }

  async play() {
    if (this.voice.deck.isWired && !running()) await this.#goAround();
    await this.voice.play();
    this.#loop.arm();
    this.#mending.forget();
  }

  pause() {
    this.#loop.hold();
    this.voice?.pause();
  }

  seek(seconds) {
    this.#loop.hold();
    this.voice.seek(seconds);
    this.#loop.arm();
  }

  setRate(rate) {
    if (rate === this.rate) return;
    this.rate = rate;
    this.#loop.rest();
    this.voice?.setRate(rate);
    this.#loop.arm();
  }

  setKeepsPitch(keeps) {
    if (keeps === this.keepsPitch) return;
    this.keepsPitch = keeps;
    this.#loop.rest();
    this.voice?.setKeepsPitch(keeps);
    this.#loop.arm();
  }

  setLoop(from, to) {
    this.#loop.set(from, to);
  }

  clearLoop() {
    this.#loop.set(null, null);
  }

  /** Change the rendition without a gap: in place, or from a second deck at the same moment. */
  async choose(quality) {
    const before = this.voice;
    if (!before?.source || before.kind !== "hls" || before.source.choose(quality)) return;
    this.#loop.rest();
    const voice = this.newVoice(quality);
    try {
      await join(voice, before);
    } catch {
      return voice.detach(); // the one that plays goes on
    }
    if (before !== this.voice) return voice.detach();
    voice.deck.fadeTo(1, CHANGE_SECONDS, SAME);
    before.deck.fadeTo(0, CHANGE_SECONDS, SAME);
    this.swap(voice);
    setTimeout(() => before.detach(), CHANGE_SECONDS * 2000);
    this.tell("change");
    return this.#loop.arm();
  }

  /** The graph fell asleep (a call came in, say): be heard without it. */
  async #goAround() {
    const at = this.position;
    this.detach();
    await this.attach(at);
  }

  ended() {
    this.#loop.ended() || this.tell("ended");
  }

  /** Another address is tried, or patience; a sentence where neither helps. */
  async lost() {
    const sentence = await this.#mending.mend(this);
    if (!sentence) return this.#restart();
    this.sentence = sentence;
    return this.tell("broken");
  }

  #restart() {
    this.detach();
    this.tell("restart");
  }
}
