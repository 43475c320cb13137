// One track, one sound: play, pause, seek, wait for what is still being made, say what went wrong.

import { start } from "./context.js";
import { decks } from "./decks.js";
import { Place } from "./place.js";
import { sounding } from "./prepare.js";

const UNPLAYABLE = "This browser cannot play this track.";

export class Transport extends Place {
  #begun = false;
  #unlocked = false;

  trouble = "";
  /** The address of the bytes, in a browser that can play none of them; else null. */
  file = null;

  async play() {
    if (!this.track) return;
    let sound = this.sound;
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
      if (sound !== this.sound) return;
      if (!this.isAttached) await this.#attach(sound);
      if (this.awaited !== null || !this.wanted || sound !== this.sound) return;
      await sound.play();
      this.#begun = true;
    } catch (error) {
      if (error.name === "AbortError" || sound !== this.sound) return;
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
    this.sound?.pause();
    this.tell("change");
  }

  toggle() {
    return this.wanted ? this.pause() : this.play();
  }

  /** Let this sound be the one. Returns the one before, still sounding: put it away. */
  adopt(sound, track, { position = 0, attached = false } = {}) {
    const before = this.sound;
    this.sound = sound;
    this.isAttached = attached;
    this.#begun = attached && this.wanted;
    this.at = position;
    this.track = track;
    this.awaited = null;
    this.trouble = "";
    this.file = null;
    if (!sound) return before;
    const on = (name, action) =>
      sound.addEventListener(name, () => sound === this.sound && action(sound));
    on("time", () => this.follow());
    on("change", () => this.tell("change"));
    on("paused", () => this.#paused());
    on("grown", () => this.grown());
    on("restart", () => this.#restart());
    on("broken", () => this.#fail(sound.sentence));
    on("ended", () => this.ended());
    sound.front?.();
    return before;
  }

  /** What it takes to sound is only fetched now; null when another track was chosen meanwhile. */
  async #equip() {
    const { track } = this;
    const tools = await sounding();
    if (track !== this.track) return null;
    if (!this.sound) {
      this.adopt(new tools.Sound(track), track, { position: this.position });
      this.equipped(tools);
    }
    return this.sound;
  }

  async #attach(sound) {
    this.isAttached = true;
    await sound.attach(this.at);
  }

  #restart() {
    this.isAttached = false;
    if (this.wanted) this.play();
  }

  /** The system paused us: headphones pulled out, another tab, a media key. */
  #paused() {
    if (this.awaited === null && this.#begun) this.wanted = false;
    this.tell("change");
  }

  get #plain() {
    const known = this.sound?.signedUrls?.track ?? this.track;
    return known.mp3_url ?? known.hls_url ?? null;
  }

  #fail(sentence, file = null) {
    this.wanted = false;
    this.sound?.detach();
    this.isAttached = false;
    this.trouble = sentence;
    this.file = file;
    this.tell("change");
  }
}
