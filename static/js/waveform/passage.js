// The moment and the passage that a waveform holds: asked for by the address, marked by hand, or by
// the player's keys. What is held before its piece plays is handed to the player when it does.

import { player } from "../playback/player.js";
import { parseMoment, showInAddress } from "./moment.js";

const same = (one, other) => one?.from === other?.from && one?.to === other?.to;

export class Passage {
  #wasMine = false;

  /** {from, to} in seconds, or null. */
  range = null;
  /** Where it begins when somebody presses play; null: wherever the player is. */
  waiting = null;

  /** `left`: what an earlier element of the same piece held; the address was heard then. */
  constructor(wave, changed, signal, left = null) {
    this.wave = wave;
    this.changed = changed;
    player.addEventListener("loop", () => wave.isCurrent && this.#take(player.loop), { signal });
    player.addEventListener("track", () => this.#meet(), { signal });
    addEventListener("hashchange", () => this.#read(), { signal });
    document.addEventListener("click", (event) => this.#again(event.target), { signal });
    if (left) Object.assign(this, { range: left.range, waiting: left.waiting });
    else this.#read();
    this.#meet();
  }

  /** Hold a passage, or none; while a hand still draws it only the picture follows. */
  set(range, isDone = true) {
    this.range = range;
    this.changed();
    if (!isDone) return;
    if (range) this.#enter(range);
    if (this.wave.isCurrent) this.#tell();
    this.#announce();
  }

  /** Begin here on the next play. */
  go(seconds) {
    if (this.wave.isCurrent) player.seek(seconds);
    else this.waiting = seconds;
    this.changed();
  }

  #enter({ from, to }) {
    const at = this.wave.isCurrent ? player.position : (this.waiting ?? -1);
    if (at < from || at >= to) this.go(from);
  }

  #tell() {
    if (this.range) player.setLoop(this.range.from, this.range.to);
    else player.clearLoop();
  }

  /** The player plays this piece now, or goes on with another version of it. */
  #meet() {
    const isMine = this.wave.isCurrent;
    if (isMine && !this.#wasMine) {
      if (this.waiting !== null) player.seek(this.waiting);
      this.waiting = null;
      if (this.range) this.#tell();
      else this.#take(player.loop);
    } else if (isMine && this.range && !player.loop) this.#tell();
    this.#wasMine = isMine;
  }

  #take(loop) {
    if (same(loop, this.range)) return;
    this.range = loop && { from: loop.from, to: loop.to };
    this.changed();
    this.#announce();
  }

  #read() {
    const asked = parseMoment(location.hash);
    const { duration } = this.wave;
    if (!asked || asked.from >= duration) return;
    this.go(asked.from);
    const range = asked.to && { from: asked.from, to: Math.min(asked.to, duration) };
    if (!same(range, this.range)) this.set(range);
  }

  /** A time in the words was pressed once more: the address stays, and tells nobody. */
  #again(target) {
    const link = target.closest?.("a[data-moment]");
    if (link && link.hash === location.hash) this.#read();
  }

  #announce() {
    if (this.range || parseMoment(location.hash)?.to) showInAddress(this.range);
    document.dispatchEvent(new CustomEvent("wave:range", { detail: this.range }));
  }
}
