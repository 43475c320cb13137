// What is playing, for the whole site, and who wants to know. Events: "track" (another one, or more
// is known of it), "change" (state), "time" (position), "loop", "advanced" (detail {track}: it went
// on to the next by itself), "ended" (nothing follows). What sounds is told in `lib/sound.js`.

import { forget, recall, remember } from "../core/storage.js";
import { decks } from "./engine/decks.js";
import { sounding } from "./engine/prepare.js";
import { settings } from "./engine/settings.js";
import { Succession } from "./engine/succession.js";
import { volume } from "./engine/volume.js";

const SAVE_MS = 2000;
const SLOWEST = 0.5;
const FASTEST = 2;
const HANDOVER_SECONDS = 0.015;
const SHORTEST_LOOP_SECONDS = 0.05;

class Player extends Succession {
  #saved = 0;
  #rate = 1;

  /** {from, to}: seconds of the passage that is repeated, or null. */
  loop = null;

  /** Take over the page's <audio>, and what was playing before a reload (paused). */
  begin(audio) {
    decks.begin(audio);
    volume.restore();
    settings.addEventListener("change", ({ detail }) => this.#prefer(detail.name));
    addEventListener("pagehide", () => this.kept());
    const last = recall("player");
    if (last?.track?.version_id) this.load(last.track, last.position);
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

  is(versionId) {
    return Boolean(this.track) && this.track.version_id === versionId;
  }

  /** Play a track from a position; the same one goes on where it is unless told otherwise. */
  open(track, at = null) {
    if (!this.is(track.version_id)) this.load(track, at ?? 0);
    else if (at !== null) this.seek(at);
    return this.play();
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
    this.adopt(null, null)?.detach();
    this.clearLoop();
    this.kept();
    this.tell("track");
  }

  /** Speed from 0.5 to 2. */
  setRate(rate) {
    this.#rate = Math.min(FASTEST, Math.max(SLOWEST, rate));
    this.sound?.setRate(this.#rate);
    this.alone();
    this.tell("change");
  }

  setKeepsPitch(keeps) {
    settings.set("keepsPitch", keeps);
  }

  /** Repeat the passage between two moments, in seconds. */
  setLoop(from, to) {
    if (!(to - from >= SHORTEST_LOOP_SECONDS)) return this.clearLoop();
    this.loop = { from, to };
    this.alone();
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
    const { Sound, join } = await sounding();
    const next = sound ?? new Sound({ ...track });
    const before = this.sound;
    // A mix may be elsewhere: at the same bar of another version.
    const at = () => (next.kind === "mix" ? next.position : this.position);
    next.setRate(this.#rate);
    next.setKeepsPitch(settings.keepsPitch);
    this.alone();
    if (before && !next.isReady) {
      if (next instanceof Sound) await join(next, before);
      else await next.attach(at());
      if (before !== this.sound) return next.detach();
    }
    if (this.wanted && next.paused) await next.play();
    next.fade?.(1, HANDOVER_SECONDS, { isSame: true });
    before?.fade?.(0, HANDOVER_SECONDS, { isSame: true });
    const state = { position: at(), attached: next.isReady };
    this.settle(next, next.signedUrls?.track ?? track, state);
    return setTimeout(() => before?.detach(), HANDOVER_SECONDS * 2000);
  }

  moved() {
    if (Date.now() - this.#saved > SAVE_MS) this.kept();
    super.moved();
  }

  /** Have it remembered over a reload. */
  kept() {
    this.#saved = Date.now();
    if (this.track) remember("player", { track: this.track, position: this.position });
    else forget("player");
  }

  #prefer(name) {
    if (name === "normalises") this.sound?.trim?.();
    if (name === "keepsPitch") this.sound?.setKeepsPitch(settings.keepsPitch);
    if (name === "quality") this.sound?.choose?.(settings.quality);
    this.alone();
    this.tell("change");
  }
}

export const player = new Player();
