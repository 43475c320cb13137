// The piece that comes next: loaded beside the one that plays, begun before that one ends and held
// back until it does, so that the seam does not depend on a timer.

import { Sound } from "../sound.js";
import { when } from "./moment.js";
import { settings } from "./settings.js";

const AHEAD_SECONDS = 20;
const EARLY_SECONDS = 0.8;
const OVERLAP_SECONDS = 0.008; // rather this than a gap as long
const START_SECONDS = 0.03; // what play() takes where nothing can be held back
const RISE_SECONDS = 0.003;

export class Following {
  #stop = () => {};
  #timer = 0;
  #leader = null;

  sound = null;
  track = null;
  crossfade = 0;

  /** `begun()` is called at the moment the next piece has begun to sound. */
  constructor(begun) {
    this.begun = begun;
  }

  /** Called as time passes: load what comes next once it is near, drop it when it is far. */
  look(player, sound) {
    const left = (player.end - player.position) / player.rate;
    const near = player.wanted && !player.loop && sound.available === null;
    if (!near || !(left < AHEAD_SECONDS + settings.crossfade)) return this.drop();
    const track = player.upNext?.() ?? null;
    if (!track) return this.drop();
    if (this.track?.version_id !== track.version_id) this.#prepare(track, player, sound);
    return undefined;
  }

  /** Take what was prepared, whether it has begun or not. */
  take() {
    const { sound, crossfade } = this;
    this.#forget();
    return { sound, crossfade };
  }

  /** Put what was prepared away; what it was about to take over from goes on. */
  drop() {
    const leader = this.#leader;
    const { sound } = this;
    this.#forget();
    sound?.detach();
    leader?.fade?.(1);
  }

  #forget() {
    this.#stop();
    clearTimeout(this.#timer);
    this.sound = null;
    this.track = null;
    this.#leader = null;
  }

  async #prepare(track, player, sound) {
    this.drop();
    const next = new Sound({ ...track });
    this.track = track;
    this.sound = next;
    next.setRate(player.rate);
    try {
      await next.attach(0, { silent: true });
      await next.voice.ready();
    } catch {
      // Not to be had now: when its turn comes it is opened the ordinary way, and says why.
      if (next === this.sound) this.sound = null;
      return next.detach();
    }
    if (next !== this.sound) return undefined;
    const shortest = Math.min(player.end, next.end ?? player.end);
    this.crossfade = Math.min(settings.crossfade, shortest / 2);
    const moment = player.end - this.crossfade - OVERLAP_SECONDS;
    const early = next.voice.deck.isWired ? EARLY_SECONDS : START_SECONDS;
    const go = () => this.#go(next, sound, moment);
    this.#stop = when(sound, moment, go, { early, always: true });
    return undefined;
  }

  async #go(next, sound, moment) {
    if (next !== this.sound || !next.isReady) return;
    const left = () => (moment - sound.position) / (sound.rate || 1);
    try {
      if (next.voice.deck.isWired) await next.voice.cue(left);
      else await next.voice.play();
    } catch {
      return; // the end of what plays brings it on
    }
    if (next !== this.sound) return;
    const wait = Math.max(0, left());
    next.fade(1, this.crossfade || RISE_SECONDS, { later: wait });
    if (this.crossfade) {
      this.#leader = sound;
      sound.fade?.(0, this.crossfade, { later: wait });
    }
    this.#timer = setTimeout(() => this.begun(), wait * 1000);
  }
}
