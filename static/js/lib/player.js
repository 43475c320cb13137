// What is playing, for the whole site: one <audio>, one track, and who wants to know.
// Events: "track" (another one, or more is known of it), "change" (state), "time" (position).

import { forget, recall, remember } from "./memory.js";
import { Sound } from "./sound.js";

// Near the end of what is encoded so far a jump would only stall.
const EDGE_SECONDS = 0.5;
const SAVE_MS = 2000;

class Player extends EventTarget {
  #sound = null;
  #position = 0;
  #saved = 0;

  track = null;
  /** What the listener asked for; the sound follows as soon as it can. */
  wanted = false;
  /** Seconds into a part that is not encoded yet, where a listener waits; else null. */
  awaited = null;
  trouble = "";

  /** Take over the page's <audio>, and what was playing before a reload (paused). */
  begin(audio) {
    this.audio = audio;
    for (const name of ["play", "playing", "waiting", "canplay", "ratechange"]) {
      audio.addEventListener(name, () => this.#tell("change"));
    }
    audio.addEventListener("pause", () => this.#paused());
    audio.addEventListener("timeupdate", () => this.#moved());
    audio.addEventListener("ended", () => this.#ended());
    addEventListener("pagehide", () => this.#save());
    const last = recall("player");
    if (last?.track?.version_id) this.#take(last.track, last.position);
  }

  get duration() {
    return (this.track?.duration_ms ?? 0) / 1000;
  }

  /** Seconds, also before any sound is loaded and while waiting for a part. */
  get position() {
    return this.awaited ?? this.#position;
  }

  /** Seconds playable so far, or null when all of it is. */
  get available() {
    return this.#sound?.available ?? null;
  }

  get isLoading() {
    return this.wanted && this.audio.readyState < 3;
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

  async play() {
    const sound = this.#sound;
    if (!sound) return;
    this.wanted = true;
    this.trouble = "";
    this.#tell("change");
    try {
      if (!sound.isAttached) await sound.attach(this.#position);
      if (this.awaited === null && this.wanted && sound === this.#sound) await this.audio.play();
    } catch (error) {
      if (error.name === "AbortError" || sound !== this.#sound) return;
      if (error.name === "NotAllowedError") this.pause();
      else this.#fail(error.status === 404 ? "This track is no longer here." : error.message);
    }
  }

  pause() {
    this.wanted = false;
    this.audio.pause();
    this.#save();
    this.#tell("change");
  }

  toggle() {
    return this.wanted ? this.pause() : this.play();
  }

  seek(seconds) {
    const target = Math.min(Math.max(0, seconds), Math.max(0, this.duration - 0.05));
    const edge = this.available;
    this.#position = target;
    this.awaited = edge !== null && target > edge - EDGE_SECONDS ? target : null;
    if (this.awaited !== null) this.audio.pause();
    else if (this.#sound?.isAttached) this.#jump(target);
    this.#tell("time");
    this.#tell("change");
  }

  nudge(seconds) {
    this.seek(this.position + seconds);
  }

  /** Newer knowledge of the current track (it became playable, its figures were measured). */
  update(track) {
    if (!this.is(track.version_id)) return;
    Object.assign(this.track, track);
    this.#tell("track");
  }

  /** Put the track away, and forget it. */
  close() {
    this.pause();
    this.#sound?.detach();
    this.#sound = null;
    this.track = null;
    this.#save();
    this.#tell("track");
  }

  #take(track, position = 0) {
    this.#sound?.detach();
    this.track = { ...track };
    const sound = new Sound(this.audio, this.track);
    this.#sound = sound;
    const on = (name, deed) =>
      sound.addEventListener(name, () => sound === this.#sound && deed(sound));
    on("grown", () => this.#grown());
    on("restart", () => this.wanted && this.play());
    on("broken", () => this.#fail(sound.sentence));
    this.#position = position;
    this.awaited = null;
    this.trouble = "";
    this.#save();
    this.#tell("track");
  }

  #jump(target) {
    this.audio.currentTime = target;
    if (this.wanted) this.audio.play().catch(() => {});
  }

  #grown() {
    const edge = this.available;
    if (this.awaited !== null && (edge === null || this.awaited < edge - EDGE_SECONDS)) {
      const target = this.awaited;
      this.awaited = null;
      this.#jump(target);
    }
    this.#tell("change");
  }

  #moved() {
    if (this.awaited !== null || !this.#sound?.isAttached || this.audio.readyState === 0) return;
    this.#position = this.audio.currentTime;
    this.#sound.calm();
    if (Date.now() - this.#saved > SAVE_MS) this.#save();
    this.#tell("time");
  }

  /** The system paused us: headphones pulled out, another tab, a media key. */
  #paused() {
    if (this.awaited === null && this.#sound?.isAttached && !this.audio.ended) this.wanted = false;
    this.#tell("change");
  }

  #ended() {
    this.wanted = false;
    this.#position = 0;
    this.audio.currentTime = 0;
    this.#save();
    this.#tell("time");
    this.#tell("change");
  }

  #fail(sentence) {
    this.wanted = false;
    this.#sound?.detach();
    this.trouble = sentence;
    this.#tell("change");
  }

  #save() {
    this.#saved = Date.now();
    if (this.track) remember("player", { track: this.track, position: this.#position });
    else forget("player");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

export const player = new Player();
