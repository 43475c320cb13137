// Where somebody is in a track, also before any sound of it is loaded and while they wait for a part
// that is still being made.

// Near the end of what is encoded so far a jump would only stall.
const EDGE_SECONDS = 0.5;

export class Place extends EventTarget {
  /** What carries the track now (the interface is told in `playback/sound.js`), or null. */
  sound = null;
  isAttached = false;
  /** Seconds into the piece, as far as the sound got. */
  at = 0;

  track = null;
  /** What the listener asked for; the sound follows as soon as it can. */
  wanted = false;
  /** Seconds into a part that is not encoded yet, where a listener waits; else null. */
  awaited = null;

  get duration() {
    return (this.track?.duration_ms ?? 0) / 1000;
  }

  /** Seconds at which the piece really ends. */
  get end() {
    return Math.min(this.duration || Number.POSITIVE_INFINITY, this.sound?.end ?? this.duration);
  }

  /** Seconds, also before any sound is loaded and while waiting for a part. */
  get position() {
    return this.awaited ?? this.at;
  }

  /** Seconds playable so far, or null when all of it is. */
  get available() {
    return this.sound?.available ?? null;
  }

  get isLoading() {
    return this.wanted && !this.sound?.isReady;
  }

  seek(seconds) {
    const target = Math.min(Math.max(0, seconds), Math.max(0, this.duration - 0.05));
    const edge = this.available;
    this.at = target;
    this.awaited = edge !== null && target > edge - EDGE_SECONDS ? target : null;
    if (this.awaited !== null) this.sound?.pause();
    else if (this.isAttached) this.#jump(target);
    this.tell("time");
    this.tell("change");
  }

  nudge(seconds) {
    this.seek(this.position + seconds);
  }

  #jump(target) {
    this.sound.seek(target);
    if (this.wanted) this.sound.play().catch(() => {});
  }

  grown() {
    const edge = this.available;
    if (this.awaited !== null && (edge === null || this.awaited < edge - EDGE_SECONDS)) {
      const target = this.awaited;
      this.awaited = null;
      this.#jump(target);
    }
    this.tell("change");
  }

  /** The sound has moved on. */
  follow() {
    if (this.awaited !== null || !this.isAttached) return;
    this.at = this.sound.position;
    this.moved();
    this.tell("time");
  }

  tell(name, detail = undefined) {
    this.dispatchEvent(detail ? new CustomEvent(name, { detail }) : new Event(name));
  }
}
