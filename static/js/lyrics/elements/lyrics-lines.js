// <lyrics-lines data-version="…">: timed lyrics that follow the player. The line that is sung is
// marked and kept in sight inside its own box; a press on a line goes there, by the links' own way.

import { player } from "../../playback/player.js";

const HAND_MS = 4000; // for so long after a hand has scrolled, the box stays where it is

class LyricsLines extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("ol");
    this.lines = [...this.querySelectorAll("[data-at]")];
    this.times = this.lines.map((line) => Number(line.dataset.at));
    this.current = -1;
    this.byHand = 0;
    this.gone = new AbortController();
    const { signal } = this.gone;
    for (const name of ["time", "track", "change"]) {
      player.addEventListener(name, () => this.#follow(), { signal });
    }
    for (const name of ["wheel", "touchmove", "keydown"]) {
      this.box.addEventListener(name, () => (this.byHand = Date.now()), { signal, passive: true });
    }
    this.#follow();
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  /** Any version of this piece: its words are the same. */
  get isPlaying() {
    const page = document.querySelector("#player-data");
    const here = page ? JSON.parse(page.textContent)?.track_id : null;
    return player.is(this.dataset.version) || (here && player.track?.track_id === here);
  }

  #follow() {
    const at = this.isPlaying ? last(this.times, player.position + 0.05) : -1;
    if (at === this.current) return;
    this.lines[this.current]?.removeAttribute("aria-current");
    this.current = at;
    const line = this.lines[at];
    if (!line) return;
    line.setAttribute("aria-current", "true");
    if (Date.now() - this.byHand > HAND_MS) this.#show(line);
  }

  /** Scroll the box alone, never the page. */
  #show(line) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = line.offsetTop - (this.box.clientHeight - line.offsetHeight) / 2;
    this.box.scrollTo({ top, behavior: still ? "instant" : "smooth" });
  }
}

/** The place of the last of these ascending times that is not after a moment; -1 for none. */
function last(times, moment) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

customElements.define("lyrics-lines", LyricsLines);
