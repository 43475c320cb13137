// What the player holds of a mix: a sound (see lib/sound.js) that stands for one of its versions, or
// for all its stems. Another face of the same mix may take its place while the mix goes on.

const PASSED_ON = ["time", "change", "grown", "broken", "ended"];

export class MixSound extends EventTarget {
  kind = "mix";

  constructor(mix, trim = () => {}) {
    super();
    this.mix = mix;
    this.trim = trim;
    mix.mixSound = this;
    for (const name of PASSED_ON) {
      mix.addEventListener(name, () => this.isShown && this.dispatchEvent(new Event(name)));
    }
  }

  get isShown() {
    return this.mix.mixSound === this;
  }

  get sentence() {
    return this.mix.sentence;
  }

  get position() {
    return this.mix.position;
  }

  get paused() {
    return this.mix.paused;
  }

  get available() {
    return this.mix.available;
  }

  get end() {
    return this.mix.end;
  }

  get rate() {
    return this.mix.rate;
  }

  /** A mix that is paused has nothing to wait for: it loads when it is played. */
  get isReady() {
    return this.mix.isReady;
  }

  attach(at) {
    return this.mix.attach(at);
  }

  play() {
    return this.mix.play();
  }

  pause() {
    if (this.isShown) this.mix.pause();
  }

  seek(seconds) {
    this.mix.seek(seconds);
  }

  detach() {
    if (this.isShown) this.mix.detach();
  }

  setRate(rate) {
    this.mix.setRate(rate);
  }

  /** Pieces on one clock are played faster as a tape is: the pitch moves along. */
  setKeepsPitch() {}

  setLoop(from, to) {
    this.mix.setLoop(from, to);
  }

  clearLoop() {
    if (this.isShown) this.mix.clearLoop();
  }

  /** Going away: what comes next is heard already. */
  fade(gain, seconds) {
    if (gain === 0 && this.isShown) this.mix.fadeOut(seconds);
  }
}
