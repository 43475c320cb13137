// The sleep timer: after so many minutes, or when the piece ends, the music fades out. It goes on
// over page changes and reloads. Event "change" when it is set, ends, and every second.

import { forget, recall, remember } from "../core/storage.js";
import { volume } from "../playback/levels.js";
import { player } from "../playback/player.js";
import { queue } from "../queue/queue.js";

const FADE_SECONDS = 20;

class Sleep extends EventTarget {
  #timer = 0;
  #fading = false;

  /** When it ends, in ms since 1970; "end" for the end of the piece; null when it is off. */
  until = null;
  /** What was chosen: minutes, "end" or "". */
  chosen = "";

  begin() {
    const { until = null, chosen = "" } = recall("sleep", {});
    if (until === "end" || until > Date.now()) this.#arm(until, chosen);
    else forget("sleep");
    player.addEventListener("ended", () => this.until === "end" && this.set(""));
  }

  /** Seconds left, or null where no clock runs. */
  get left() {
    return typeof this.until === "number" ? Math.max(0, (this.until - Date.now()) / 1000) : null;
  }

  /** Choose minutes, "end" (of the piece) or "" (off). */
  set(chosen) {
    this.#rest();
    const minutes = Number(chosen);
    if (chosen === "end") this.#arm("end", chosen);
    else if (minutes > 0) this.#arm(Date.now() + minutes * 60_000, chosen);
    else {
      forget("sleep");
      this.#tell();
    }
  }

  #arm(until, chosen) {
    this.until = until;
    this.chosen = String(chosen);
    queue.isLast = until === "end";
    remember("sleep", { until, chosen });
    if (until !== "end") this.#timer = setInterval(() => this.#tick(), 1000);
    this.#tell();
  }

  #tick() {
    const { left } = this;
    if (left <= FADE_SECONDS && left > 0 && player.wanted && !this.#fading) {
      this.#fading = true;
      volume.fade(0, left);
    }
    if (left > 0) return this.#tell();
    player.pause();
    return this.set("");
  }

  #rest() {
    clearInterval(this.#timer);
    if (this.#fading) volume.fade(1);
    this.#fading = false;
    this.until = null;
    this.chosen = "";
    queue.isLast = false;
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

export const sleep = new Sleep();
