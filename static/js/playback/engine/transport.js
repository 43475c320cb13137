// One track, one sound: play, pause, seek, wait for what is still being made, say what went wrong.

import { start } from "./context.js";
import { decks } from "./decks.js";
import { sounding } from "./prepare.js";

// Near the end of what is encoded so far a jump would only stall.
const EDGE_SECONDS = 0.5;
const UNPLAYABLE = "This browser cannot play this track.";

export class Transport extends EventTarget {
  #sound = null;
  #isAttached = false;
  #begun = false;
  #position = 0;
  #unlocked = false;

  track = null;
  /** What the listener asked for; the sound follows as soon as it can. */
  wanted = false;
  /** Seconds into a part that is not encoded yet, where a listener waits; else null. */
  awaited = null;
  trouble = "";
  /** The address of the bytes, in a browser that can play none of them; else null. */
  file = null;

  /** What carries the track now (the interface is told in `lib/sound.js`), or null. */
  get sound() {
    return this.#sound;
  }

  get duration() {
    return (this.track?.duration_ms ?? 0) / 1000;
  }

  /** Seconds at which the piece really ends. */
  get end() {
    return Math.min(this.duration || Number.POSITIVE_INFINITY, this.#sound?.end ?? this.duration);
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
    return this.wanted && !this.#sound?.isReady;
  }

  async play() {
    if (!this.track) return;
    let sound = this.#sound;
    this.wanted = true;
    this.trouble = "";
    this.file = null;
    this.tell("change");
    try {
      if (!this.#unlocked) decks.unlock();
      this.#unlocked = true;
      const awake = start();
      sound ??= await this.#equip();
      await awake;
      if (sound !== this.#sound) return;
      if (!this.#isAttached) await this.#attach(sound);
      if (this.awaited !== null || !this.wanted || sound !== this.#sound) return;
      await sound.play();
      this.#begun = true;
    } catch (error) {
      if (error.name === "AbortError" || sound !== this.#sound) return;
      if (error.name === "NotAllowedError") this.pause();
      // What the element refuses is tried another way; no way at all is the end.
      else if (error.name === "NotSupportedError")
        sound.kind || this.#fail(UNPLAYABLE, this.#plain);
      else this.#fail(error.status === 404 ? "This track is no longer here." : error.message);
    }
  }

  pause() {
    this.wanted = false;
    this.#begun = false;
    this.#sound?.pause();
    this.tell("change");
  }

  toggle() {
    return this.wanted ? this.pause() : this.play();
  }

  seek(seconds) {
    const target = Math.min(Math.max(0, seconds), Math.max(0, this.duration - 0.05));
    const edge = this.available;
    this.#position = target;
    this.awaited = edge !== null && target > edge - EDGE_SECONDS ? target : null;
    if (this.awaited !== null) this.#sound?.pause();
    else if (this.#isAttached) this.#jump(target);
    this.tell("time");
    this.tell("change");
  }

  nudge(seconds) {
    this.seek(this.position + seconds);
  }

  /** Let this sound be the one. Returns the one before, still sounding: put it away. */
  adopt(sound, track, { position = 0, attached = false } = {}) {
    const before = this.#sound;
    this.#sound = sound;
    this.#isAttached = attached;
    this.#begun = attached && this.wanted;
    this.#position = position;
    this.track = track;
    this.awaited = null;
    this.trouble = "";
    this.file = null;
    if (!sound) return before;
    const on = (name, action) =>
      sound.addEventListener(name, () => sound === this.#sound && action(sound));
    on("time", () => this.#moved());
    on("change", () => this.tell("change"));
    on("paused", () => this.#paused());
    on("grown", () => this.#grown());
    on("restart", () => this.#restart());
    on("broken", () => this.#fail(sound.sentence));
    on("ended", () => this.ended());
    sound.front?.();
    return before;
  }

  tell(name, detail = undefined) {
    this.dispatchEvent(detail ? new CustomEvent(name, { detail }) : new Event(name));
  }

  /** What it takes to sound is only fetched now; null when another track was chosen meanwhile. */
  async #equip() {
    const { track } = this;
    const tools = await sounding();
    if (track !== this.track) return null;
    if (!this.#sound) {
      this.adopt(new tools.Sound(track), track, { position: this.position });
      this.equipped(tools);
    }
    return this.#sound;
  }

  async #attach(sound) {
    this.#isAttached = true;
    await sound.attach(this.#position);
  }

  #restart() {
    this.#isAttached = false;
    if (this.wanted) this.play();
  }

  #jump(target) {
    this.#sound.seek(target);
    if (this.wanted) this.#sound.play().catch(() => {});
  }

  #grown() {
    const edge = this.available;
    if (this.awaited !== null && (edge === null || this.awaited < edge - EDGE_SECONDS)) {
      const target = this.awaited;
      this.awaited = null;
      this.#jump(target);
    }
    this.tell("change");
  }

  #moved() {
    if (this.awaited !== null || !this.#isAttached) return;
    this.#position = this.#sound.position;
    this.moved();
    this.tell("time");
  }

  /** The system paused us: headphones pulled out, another tab, a media key. */
  #paused() {
    if (this.awaited === null && this.#begun) this.wanted = false;
    this.tell("change");
  }

  get #plain() {
    const known = this.#sound?.signedUrls?.track ?? this.track;
    return known.mp3_url ?? known.hls_url ?? null;
  }

  #fail(sentence, file = null) {
    this.wanted = false;
    this.#sound?.detach();
    this.#isAttached = false;
    this.trouble = sentence;
    this.file = file;
    this.tell("change");
  }
}
