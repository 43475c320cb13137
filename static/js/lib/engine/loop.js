// A passage again and again. A twin waits at its beginning on a second deck and takes over as the
// end is reached; where there is no second deck, or no time, it is a plain jump.

import { begin, latency, when } from "./moment.js";

const SEAM_SECONDS = 0.008;
const RISE_SECONDS = 0.003;

export class Loop {
  #from = null;
  #to = null;
  #twin = null;
  #stop = () => {};

  constructor(sound) {
    this.sound = sound;
  }

  set(from, to) {
    if (from === this.#from && to === this.#to) return;
    this.#from = from;
    this.#to = to;
    this.rest();
    this.arm();
  }

  /** Watch for the end of the passage, with a twin at its beginning. */
  arm() {
    this.#stop();
    const { voice } = this.sound;
    if (this.#from === null || !voice?.audio) return;
    const early = () => (this.#isPrepared ? latency() : 0);
    this.#stop = when(voice, this.#to, () => this.#turn(voice), { early });
    if (!this.#twin) this.#prepare();
  }

  /** Give the second deck back; the passage stays. */
  rest() {
    this.#stop();
    this.#twin?.detach();
    this.#twin = null;
  }

  /** The piece ended: true if it goes on at the beginning of the passage instead. */
  ended() {
    if (this.#from === null || this.#to < (this.sound.end ?? 0) - 1) return false;
    this.#turn(this.sound.voice);
    return true;
  }

  get #isPrepared() {
    const twin = this.#twin;
    return Boolean(twin?.isReady) && !twin.audio.seeking;
  }

  async #prepare() {
    const twin = this.sound.newVoice();
    this.#twin = twin;
    try {
      await twin.attach(this.#from, { silent: true });
      twin.pause();
    } catch {
      if (this.#twin === twin) this.#twin = null;
    }
  }

  #turn(voice) {
    const twin = this.#twin;
    if (!this.#isPrepared) {
      voice.seek(this.#from);
      voice.play().catch(() => {});
      return this.arm();
    }
    twin.setRate(this.sound.rate);
    begin(twin).catch(() => {});
    twin.deck.fadeTo(1, RISE_SECONDS);
    voice.deck.fadeTo(0, SEAM_SECONDS, latency());
    this.sound.swap(twin);
    this.#twin = voice;
    setTimeout(() => this.#rewind(voice), (SEAM_SECONDS + latency()) * 1000 + 20);
    return this.arm();
  }

  /** What just ended waits at the beginning for its next turn. */
  #rewind(voice) {
    if (this.#twin !== voice || !voice.audio) return;
    voice.pause();
    voice.seek(this.#from);
  }
}
