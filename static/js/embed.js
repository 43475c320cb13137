// The small player in a foreign page: one track or a list. It knows nobody and keeps nothing; the
// page around it speaks to it by messages (`widget.js`).

import { Bars } from "./embed/bars.js";
import { Talk } from "./embed/talk.js";
import { manners } from "./lib/api.js";
import { setVolume } from "./lib/levels.js";
import { player } from "./lib/player.js";
import { prepare } from "./lib/source.js";
import { clock, spoken } from "./lib/words.js";

manners.credentials = "omit";

const TAKES_KEYS = "button, a, input";

class Embed {
  #index = 0;
  #start = 0;
  #played = false;

  constructor() {
    player.begin(document.querySelector("audio"));
    player.upNext = () => this.data.tracks[this.#index + 1] ?? null;
    player.addEventListener("advanced", () => this.#show(this.#index + 1));
    player.addEventListener("ended", () => this.talk.tell("finish"));
    player.addEventListener("change", () => this.#showState());
    player.addEventListener("time", () => this.#showTime());
    document.addEventListener("keydown", (event) => this.#key(event));
    this.talk = new Talk(this);
    this.begin();
  }

  /** Read the page, as it came or as `load` has put it. */
  begin() {
    this.data = JSON.parse(document.getElementById("embed-data").textContent);
    this.#start = this.data.start;
    this.#played = false;
    this.parts = Object.fromEntries(
      [...document.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { play, seek, previous, next, bars, list } = this.parts;
    this.bars?.leave();
    this.bars = bars ? new Bars(bars) : null;
    play?.addEventListener("click", () => this.toggle());
    for (const sign of ["pointerenter", "focus"]) play?.addEventListener(sign, () => prepare());
    seek?.addEventListener("input", () => this.#preview());
    seek?.addEventListener("change", () => this.seek(Number(seek.value)));
    previous?.addEventListener("click", () => this.go(this.#index - 1));
    next?.addEventListener("click", () => this.go(this.#index + 1));
    list?.addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row) this.#press(Number(row.dataset.index));
    });
    if (this.track) this.#show(0);
    this.talk.tell("ready", this.state);
    if (this.data.autoplay) this.play();
  }

  get track() {
    return this.data.tracks[this.#index] ?? null;
  }

  get duration() {
    return (this.track?.duration_ms ?? 0) / 1000;
  }

  get position() {
    return this.#played ? player.position : this.#start;
  }

  /** What a page around us is told. Seconds. */
  get state() {
    const { kind, id, title, url, tracks } = this.data;
    const { position, duration, track } = this;
    const now = track && { title: track.title, artist: track.artist, duration };
    const where = new URL(url, location.href).href;
    const index = this.#index;
    const count = tracks.length;
    const paused = !player.wanted;
    return { kind, id, title, url: where, count, index, track: now, position, duration, paused };
  }

  play() {
    if (!this.track) return;
    if (this.#played) player.play();
    else {
      const at = this.#start;
      this.#played = true;
      player.open(this.track, at);
    }
  }

  pause() {
    player.pause();
  }

  toggle() {
    if (player.wanted) this.pause();
    else this.play();
  }

  seek(seconds) {
    this.dragging = false;
    this.#start = Math.min(Math.max(0, seconds), this.duration);
    if (this.#played) player.seek(this.#start);
    this.#showTime();
  }

  /** 0 to 1. */
  volume(level) {
    setVolume(level);
  }

  /** Play another place of the list. */
  go(index) {
    if (!this.data.tracks[index]) return;
    this.#show(index);
    this.#start = 0;
    this.#played = true;
    player.open(this.track, 0);
  }

  /** Show what another embed's address shows, without leaving the page: the sound stays allowed. */
  async load(address) {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin || !url.pathname.startsWith("/embed/")) {
      throw new Error("Only addresses of embeds of this site can be loaded.");
    }
    const response = await fetch(url, { credentials: "omit" });
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!found.getElementById("embed-data")) throw new Error("There is nothing to play there.");
    player.close();
    document.title = found.title;
    for (const id of ["embed", "embed-data"]) {
      document.getElementById(id).replaceWith(found.getElementById(id));
    }
    document.getElementById("accent").href = found.getElementById("accent").href;
    this.begin();
  }

  #press(index) {
    if (index === this.#index && this.#played) this.toggle();
    else if (index === this.#index) this.play();
    else this.go(index);
  }

  #show(index) {
    this.#index = index;
    const { track, duration } = this;
    const { title, artist, cover, seek, total, previous, next } = this.parts;
    title.textContent = track.title;
    title.href = track.url;
    artist.textContent = track.artist;
    artist.href = track.artist_url;
    if (cover) this.#picture(cover, track);
    seek.max = String(duration);
    total.textContent = clock(Math.round(duration));
    if (previous) previous.disabled = index === 0;
    if (next) next.disabled = index === this.data.tracks.length - 1;
    for (const row of document.querySelectorAll("[data-index]")) {
      if (Number(row.dataset.index) === index) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    this.bars?.draw(track.peaks);
    this.talk.tell("track", this.state);
    this.#showTime();
    this.#showState();
  }

  #picture(cover, { cover: large, cover_thumb: small }) {
    cover.hidden = !small;
    if (!small || cover.getAttribute("src") === small) return;
    cover.srcset = `${small}, ${large} 2x`;
    cover.src = small;
  }

  #showState() {
    const { play, note } = this.parts;
    if (!play) return;
    const plays = player.wanted;
    const { dataset } = document.documentElement;
    const before = dataset.state;
    dataset.state = plays ? "playing" : "paused";
    play.setAttribute("aria-label", `${plays ? "Pause" : "Play"} ${this.track?.title ?? ""}`);
    const waits = player.awaited !== null;
    const words = waits ? "This moment is still being prepared." : player.trouble;
    if (note.textContent !== words) {
      note.textContent = words;
      if (words && !waits) this.talk.tell("error", { message: words });
    }
    if (before && before !== dataset.state) this.talk.tell(plays ? "play" : "pause", this.state);
  }

  #showTime() {
    if (!this.parts.seek) return;
    const { position, duration } = this;
    if (!this.dragging) {
      this.parts.seek.value = String(position);
      this.#showPosition(position);
    }
    if (this.#played) this.talk.tell("time", { position, duration });
  }

  #preview() {
    this.dragging = true;
    this.#showPosition(Number(this.parts.seek.value));
  }

  #showPosition(seconds) {
    const { seek, elapsed } = this.parts;
    const { duration } = this;
    this.bars?.show(duration > 0 ? seconds / duration : 0);
    const words = clock(seconds);
    if (elapsed.textContent === words) return;
    elapsed.textContent = words;
    seek.setAttribute("aria-valuetext", `${spoken(seconds)} of ${spoken(duration)}`);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isFree = event.key === "k" || !event.target.closest?.(TAKES_KEYS);
    if (!isFree || ![" ", "k"].includes(event.key)) return;
    event.preventDefault();
    this.toggle();
  }
}

new Embed();
