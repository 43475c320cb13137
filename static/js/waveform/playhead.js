// Where the sound is at this very frame. The player tells it a few times a second only.

import { spoken } from "../core/words.js";
import { player } from "../playback/player.js";

const TRUSTED_SECONDS = 0.5;

export class Playhead {
  #told = 0;
  #when = 0;
  #frame = 0;

  /** `onFrame(position)` is called each frame while the sound moves, and after each change. */
  constructor(isMine, onFrame, signal) {
    this.isMine = isMine;
    this.onFrame = onFrame;
    for (const name of ["time", "change", "track"]) {
      player.addEventListener(name, () => this.#hear(), { signal });
    }
    signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame));
    this.#hear();
  }

  get moves() {
    return this.isMine() && player.wanted && !player.isLoading && player.awaited === null;
  }

  get position() {
    if (!this.moves) return this.#told;
    const since = ((performance.now() - this.#when) / 1000) * (player.rate || 1);
    // A loop turns at its end, whatever we make of the time since.
    const end = player.loop && this.#told <= player.loop.to ? player.loop.to : player.duration;
    return Math.min(end, this.#told + Math.min(TRUSTED_SECONDS, since));
  }

  #hear() {
    if (!this.isMine()) return;
    const told = player.position;
    if (told !== this.#told || !this.moves) {
      this.#told = told;
      this.#when = performance.now();
    }
    if (!this.#frame) this.#tick();
  }

  #tick() {
    this.onFrame(this.position);
    this.#frame = this.moves ? requestAnimationFrame(() => this.#tick()) : 0;
  }
}

/** Say on a slider where the sound is; once a second is often enough. */
export function tellPosition(slider, position, duration) {
  const now = String(Math.round(position));
  if (slider.getAttribute("aria-valuenow") === now) return;
  slider.setAttribute("aria-valuemax", String(Math.round(duration)));
  slider.setAttribute("aria-valuenow", now);
  slider.setAttribute("aria-valuetext", `${spoken(position)} of ${spoken(duration)}`);
}
