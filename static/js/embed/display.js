// What an embed shows: the words and the picture of a track, where it is, and what it waits for.

import { clock, spoken } from "../core/words.js";
import { player } from "../playback/player.js";
import { Bars } from "./bars.js";

export class Display {
  /** `embed` tells `track`, `duration`, `position`. */
  constructor(embed) {
    this.embed = embed;
    this.parts = Object.fromEntries(
      [...document.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.rows = document.querySelectorAll("[data-index]");
    this.bars = this.parts.bars ? new Bars(this.parts.bars) : null;
    this.dragging = false;
    // A hand that comes back to where it began changes nothing, and still lets go.
    this.parts.seek?.addEventListener("pointerup", () => {
      setTimeout(() => (this.dragging = false));
    });
  }

  leave() {
    this.bars?.leave();
  }

  /** Show the track at this place of the list. */
  showTrack(index) {
    const { track, duration, data } = this.embed;
    const { title, artist, seek, total, previous, next } = this.parts;
    title.textContent = track.title;
    title.href = track.url;
    artist.textContent = track.artist;
    artist.href = track.artist_url;
    this.#picture(track);
    seek.max = String(duration);
    total.textContent = clock(Math.round(duration));
    if (previous) previous.disabled = index === 0;
    if (next) next.disabled = index === data.tracks.length - 1;
    for (const row of this.rows) {
      if (Number(row.dataset.index) === index) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    this.bars?.draw(track.peaks);
  }

  /** Show whether it plays; returns what went wrong, as a sentence, when that is news. */
  showState() {
    const { play, note } = this.parts;
    const plays = player.wanted;
    document.documentElement.dataset.state = plays ? "playing" : "paused";
    play?.setAttribute("aria-label", `${plays ? "Pause" : "Play"} ${this.embed.track?.title}`);
    const waits = player.awaited !== null;
    const words = waits ? "This moment is still being prepared." : player.trouble;
    if (!note || note.textContent === words) return "";
    note.textContent = words;
    return waits ? "" : words;
  }

  showTime() {
    if (this.dragging || !this.parts.seek) return;
    this.parts.seek.value = String(this.embed.position);
    this.showPosition(this.embed.position);
  }

  /** Show where the hand is, before it lets go. */
  preview() {
    this.dragging = true;
    this.showPosition(Number(this.parts.seek.value));
  }

  showPosition(seconds) {
    const { seek, elapsed } = this.parts;
    const { duration } = this.embed;
    this.bars?.show(duration > 0 ? seconds / duration : 0);
    const words = clock(seconds);
    if (elapsed.textContent === words && seek.hasAttribute("aria-valuetext")) return;
    elapsed.textContent = words;
    seek.setAttribute("aria-valuetext", `${spoken(seconds)} of ${spoken(duration)}`);
  }

  #picture({ cover: large, cover_thumb: small }) {
    const { cover } = this.parts;
    if (!cover) return;
    cover.hidden = !small;
    if (!small || cover.getAttribute("src") === small) return;
    cover.srcset = `${small}, ${large} 2x`;
    cover.src = small;
  }
}
