// What is playing, for the whole site, and who wants to know. Events: "track" (another one, or more
// is known of it), "change" (state), "time" (position), "loop", "advanced" (detail {track}: it went
// on to the next by itself), "ended" (nothing follows). What sounds is told in `lib/sound.js`.

import { decks } from "./engine/decks.js";
import { Following } from "./engine/following.js";
import { join } from "./engine/joining.js";
import { possible } from "./engine/renditions.js";
import { settings } from "./engine/settings.js";
import { Transport } from "./engine/transport.js";
import { volume } from "./engine/volume.js";
import { forget, recall, remember } from "./memory.js";
import { Sound } from "./sound.js";

const SAVE_MS = 2000;
const SLOWEST = 0.5;
const FASTEST = 2;
const HANDOVER_SECONDS = 0.015;
const SHORTEST_LOOP_SECONDS = 0.05;

class Player extends Transport {
  #saved = 0;
  #rate = 1;
  #leaving = () => {};
  #following = new Following(() => this.#advance());

  /** {from, to}: seconds of the passage that is repeated, or null. */
  loop = null;
  /** Set by the queue: tells the track that follows, or null. It is asked again and again. */
  upNext = null;

  /** Take over the page's <audio>, and what was playing before a reload (paused). */
  begin(audio) {
    decks.begin(audio);
    volume.restore();
    settings.addEventListener("change", ({ detail }) => this.#prefer(detail.name));
    addEventListener("pagehide", () => this.#save());
    const last = recall("player");
    if (last?.track?.version_id) this.#take(last.track, last.position);
  }

  /** The element that is heard, or was last. */
  get audio() {
    return document.querySelector("audio[data-active]");
  }

  get rate() {
    return this.#rate;
  }

  get keepsPitch() {
    return settings.keepsPitch;
  }

  /** What a quality menu can offer for this track in this browser. */
  get qualities() {
    return ["hls", ""].includes(this.sound?.kind ?? "") ? possible(this.track) : ["auto"];
  }

  is(versionId) {
    return Boolean(this.track) && this.track.version_id === versionId;
  }

  /** Play a track from a position; the same one goes on where it is unless told otherwise. */
  open(track, at = null) {
    if (!this.is(track.version_id)) this.#take(track, at ?? 0);
    else if (at !== null) this.seek(at);
    return this.play();
  }

  /** Have a track at a position, without a sound. */
  load(track, at = 0) {
    this.#take(track, at);
  }

  pause() {
    this.#leaving();
    this.#following.drop();
    super.pause();
    this.#save();
  }

  seek(seconds) {
    this.#leaving();
    this.#following.drop();
    super.seek(seconds);
  }

  /** Newer knowledge of the current track (it became playable, its figures were measured). */
  update(track) {
    if (!this.is(track.version_id)) return;
    Object.assign(this.track, track);
    this.tell("track");
  }

  /** Put the track away, and forget it. */
  close() {
    this.pause();
    this.#following.drop();
    this.adopt(null, null)?.detach();
    this.clearLoop();
    this.#save();
    this.tell("track");
  }

  /** Speed from 0.5 to 2. */
  setRate(rate) {
    this.#rate = Math.min(FASTEST, Math.max(SLOWEST, rate));
    this.sound?.setRate(this.#rate);
    this.#following.drop();
    this.tell("change");
  }

  setKeepsPitch(keeps) {
    settings.set("keepsPitch", keeps);
  }

  /** Repeat the passage between two moments, in seconds. */
  setLoop(from, to) {
    if (!(to - from >= SHORTEST_LOOP_SECONDS)) return this.clearLoop();
    this.loop = { from, to };
    this.#following.drop();
    this.sound?.setLoop(from, to);
    return this.tell("loop");
  }

  clearLoop() {
    if (!this.loop) return;
    this.loop = null;
    this.sound?.clearLoop();
    this.tell("loop");
  }

  /**
   * Go on with another sound at the present moment: `sound` as told in `lib/sound.js`, attached or
   * not; null for the ordinary one. What sounded before fades out as the new one begins.
   */
  async install(sound, track = this.track) {
    const next = sound ?? new Sound({ ...track });
    const before = this.sound;
    next.setRate(this.#rate);
    next.setKeepsPitch(settings.keepsPitch);
    this.#following.drop();
    if (before && !next.isReady) {
      if (next instanceof Sound) await join(next, before);
      else await next.attach(this.position);
      if (before !== this.sound) return next.detach();
    }
    if (this.wanted && next.paused) await next.play();
    next.fade?.(1, HANDOVER_SECONDS, { isSame: true });
    before?.fade?.(0, HANDOVER_SECONDS, { isSame: true });
    const state = { position: this.position, attached: next.isReady };
    this.#settle(next, next.lease?.track ?? track, state);
    return setTimeout(() => before?.detach(), HANDOVER_SECONDS * 2000);
  }

  /** Fade to silence in so many seconds, then pause; the volume is as before for what follows. */
  async fadeOut(seconds) {
    volume.fade(0, seconds);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    this.pause();
    volume.fade(1);
  }

  /** The sound moved on. */
  moved() {
    if (Date.now() - this.#saved > SAVE_MS) this.#save();
    this.#following.look(this, this.sound);
  }

  /** The sound came to its end before what follows had begun. */
  ended() {
    if (this.#following.sound) return this.#advance();
    const track = this.upNext?.();
    if (track) {
      this.#take(track);
      this.tell("advanced", { track });
      return this.play();
    }
    this.pause();
    this.seek(0);
    this.#save();
    return this.tell("ended");
  }

  #take(track, position = 0) {
    this.#following.drop();
    this.#leaving();
    this.sound?.detach();
    const own = { ...track };
    this.#settle(new Sound(own), own, { position });
  }

  #settle(sound, track, state) {
    const another = track?.version_id !== this.track?.version_id;
    this.adopt(sound, track, state);
    sound.setRate(this.#rate);
    if (another) this.clearLoop();
    else if (this.loop) sound.setLoop(this.loop.from, this.loop.to);
    this.#save();
    this.tell("track");
    this.tell("change");
  }

  #advance() {
    const { sound, crossfade } = this.#following.take();
    const before = this.sound;
    const { track } = sound.lease;
    this.#settle(sound, track, { attached: true });
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
    const timer = setTimeout(end, seconds * 1000 + 600);
    this.#leaving = end;
  }

  #prefer(name) {
    if (name === "normalises") this.sound?.trim?.();
    if (name === "keepsPitch") this.sound?.setKeepsPitch(settings.keepsPitch);
    if (name === "quality") this.sound?.choose?.(settings.quality);
    this.#following.drop();
    this.tell("change");
  }

  #save() {
    this.#saved = Date.now();
    if (this.track) remember("player", { track: this.track, position: this.position });
    else forget("player");
  }
}

export const player = new Player();
