// One piece after the other: what is coming is made ready, what is going sounds to its end.

import { Transport } from "./transport.js";

const TAIL_SECONDS = 0.6;

export class Succession extends Transport {
  #leaving = () => {};
  #following = null;

  /** Set by the queue: tells the track that follows, or null. It is asked again and again. */
  upNext = null;

  pause() {
    this.alone();
    super.pause();
    this.kept();
  }

  seek(seconds) {
    this.alone();
    super.seek(seconds);
  }

  /** Put away what is coming and what is going. */
  alone() {
    this.#following?.drop();
    this.#leaving();
  }

  /** Have a track at a position, without a sound yet. */
  load(track, at = 0) {
    this.alone();
    this.sound?.detach();
    const own = { ...track };
    this.settle(null, own, { position: at });
  }

  /** Let this sound be the one that is heard. */
  settle(sound, track, state) {
    const another = track.version_id !== this.track?.version_id;
    this.adopt(sound, track, state);
    if (another) this.clearLoop();
    if (sound) this.#suit(sound);
    this.kept();
    this.tell("track");
    this.tell("change");
  }

  /** The first sound is there, and what it takes for the next. */
  equipped({ Following }) {
    this.#following ??= new Following(() => this.#advance());
    this.#suit(this.sound);
  }

  /** The sound moved on. */
  moved() {
    this.#following?.look(this, this.sound);
  }

  /** The sound came to its end before what follows had begun. */
  ended() {
    if (this.#following?.sound) return this.#advance();
    const track = this.upNext?.();
    if (track) {
      this.load(track);
      this.tell("advanced", { track });
      return this.play();
    }
    this.pause();
    this.seek(0);
    this.kept();
    return this.tell("ended");
  }

  #suit(sound) {
    sound.setRate(this.rate);
    if (this.loop) sound.setLoop(this.loop.from, this.loop.to);
  }

  #advance() {
    const { sound, crossfade } = this.#following.take();
    const before = this.sound;
    const { track } = sound.signedUrls;
    this.settle(sound, track, { attached: true });
    if (sound.paused) this.play();
    this.#leave(before, crossfade);
    this.tell("advanced", { track });
  }

  /** Let what goes sound to its end, unless somebody wants silence or another piece. */
  #leave(before, seconds) {
    const end = () => {
      clearTimeout(timer);
      before?.detach();
      this.#leaving = () => {};
    };
    const timer = setTimeout(end, (seconds + TAIL_SECONDS) * 1000);
    this.#leaving = end;
  }
}
