// A passage again and again. A twin waits at its beginning on a second deck, is begun before the end
// is reached and held back until then: the seam does not depend on a timer. Where there is no second
// deck, or no time, it is a plain jump.

import { when } from "./moment.js";

const EARLY_SECONDS = 0.6;
const SEAM_SECONDS = 0.006;
const GONE_MS = 40;

export class Loop {
  #from = null;
  #to = null;
  #twin = null;
  #cued = null;
  #watches = [];
  #timers = [];

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
    this.hold();
    const { voice } = this.sound;
    if (this.#from === null || !voice?.audio) return;
    const early = Math.min(EARLY_SECONDS, (this.#to - this.#from) / 2);
    const cue = () => this.#cue(voice);
    this.#watches = [
      when(voice, this.#to, cue, { early }),
      when(voice, this.#to, () => this.#jump(voice)),
    ];
    if (!this.#twin) this.#prepare();
  }

  /** Nothing is to happen by itself for now: the listener has taken the matter in hand. */
  hold() {
    for (const stop of this.#watches.splice(0)) stop();
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    if (!this.#cued) return;
    this.#cued = null;
    this.sound.voice?.deck?.fadeTo(1);
    this.#rewind(this.#twin);
  }

  /** Give the second deck back; the passage stays. */
  rest() {
    this.hold();
    this.#twin?.detach();
    this.#twin = null;
  }

  /** The piece ended: true if it goes on at the beginning of the passage instead. */
  ended() {
    if (this.#from === null || this.#to < (this.sound.end ?? 0) - 1) return false;
    if (!this.#cued) this.#jump(this.sound.voice);
    return true;
  }

  async #prepare() {
    const twin = this.sound.newVoice();
    this.#twin = twin;
    try {
      await twin.attach(this.#from, { silent: true });
    } catch {
      if (this.#twin === twin) this.#twin = null;
    }
  }

  async #cue(voice) {
    const twin = this.#twin;
    if (!twin?.isReady || twin.audio.seeking || !twin.deck.isWired) return;
    this.#cued = twin;
    const left = () => (this.#to - voice.position) / voice.rate;
    twin.deck.fadeTo(0);
    try {
      await twin.cue(left);
    } catch {
      if (this.#cued === twin) this.#cued = null;
      return;
    }
    if (this.#cued !== twin) return;
    const wait = Math.max(0, left());
    twin.deck.fadeTo(1, SEAM_SECONDS, { later: wait });
    voice.deck.fadeTo(0, SEAM_SECONDS, { later: wait });
    this.#timers.push(setTimeout(() => this.#turn(voice, twin), wait * 1000));
  }

  #turn(voice, twin) {
    this.#cued = null;
    this.#twin = voice;
    this.sound.swap(twin);
    this.arm();
    setTimeout(() => this.#twin === voice && this.#rewind(voice), GONE_MS);
  }

  #jump(voice) {
    if (this.#cued) return;
    voice.seek(this.#from);
    voice.play().catch(() => {});
    this.arm();
  }

  /** A voice that was heard, or nearly, waits at the beginning for its next turn. */
  #rewind(voice) {
    if (!voice?.audio) return;
    voice.audio.pause();
    voice.seek(this.#from);
  }
}
