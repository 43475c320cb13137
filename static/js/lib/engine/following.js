// The piece that comes next: loaded beside the one that plays, begun as that one ends.

import { Sound } from "../sound.js";
import { begin, latency, when } from "./moment.js";
import { settings } from "./settings.js";

const AHEAD_SECONDS = 20;
const OVERLAP_SECONDS = 0.01;
const TASTE_MS = 120;
const RISE_SECONDS = 0.003;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Following {
  #stop = () => {};
  #crossfade = 0;

  sound = null;
  track = null;

  /** `begun(following)` is called at the moment the next piece has begun to sound. */
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

  get isReady() {
    return Boolean(this.sound?.isReady) && this.isPrepared;
  }

  /** Take what was prepared, whether it has begun or not. */
  take() {
    const { sound, track } = this;
    this.#stop();
    this.sound = null;
    this.track = null;
    return { sound, track, crossfade: this.#crossfade };
  }

  drop() {
    this.take().sound?.detach();
  }

  async #prepare(track, player, sound) {
    this.drop();
    const next = new Sound({ ...track });
    this.track = track;
    this.sound = next;
    this.isPrepared = false;
    next.setRate(player.rate);
    try {
      await next.attach(0, { silent: true });
      await next.voice.ready();
      await this.#taste(next);
    } catch {
      // Not to be had now: when its turn comes it is opened the ordinary way, and says why.
      if (next === this.sound) this.sound = null;
      return next.detach();
    }
    if (next !== this.sound) return undefined;
    this.isPrepared = true;
    return this.#arm(next, player, sound);
  }

  /** Play a moment of it unheard: the next start is quick, and how quick is known. */
  async #taste({ voice }) {
    if (!voice.deck.isWired) return;
    await begin(voice);
    await wait(TASTE_MS);
    voice.pause();
    voice.seek(0);
    await voice.ready();
  }

  #arm(next, player, sound) {
    const shortest = Math.min(player.end, next.end ?? player.end);
    const crossfade = Math.min(settings.crossfade, shortest / 2);
    this.#crossfade = crossfade;
    const early = () => latency() + OVERLAP_SECONDS;
    this.#stop = when(sound, player.end - crossfade, () => this.#go(next, sound), {
      early,
      always: true,
    });
  }

  #go(next, sound) {
    if (next !== this.sound || !next.isReady) return;
    begin(next.voice).catch(() => {});
    next.fade(1, this.#crossfade || RISE_SECONDS);
    if (this.#crossfade) sound.fade?.(0, this.#crossfade);
    this.begun(this);
  }
}
