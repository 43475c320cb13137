// The small player in a foreign page: one track or a list. It knows nobody and keeps nothing; the
// page around it speaks to it by messages (`widget.js`).

import { manners } from "./core/api.js";
import { Display } from "./embed/display.js";
import { Messages } from "./embed/messages.js";
import { fetchPage, put } from "./embed/page.js";
import { prepare } from "./playback/engine/prepare.js";
import { setVolume } from "./playback/levels.js";
import { player } from "./playback/player.js";

manners.credentials = "omit";

const TAKES_KEYS = "button, a, input";

class Embed {
  #index = 0;
  #start = 0;
  #played = false;
  #wanted = false;

  constructor() {
    player.begin(document.querySelector("audio"));
    player.upNext = () => this.data.tracks[this.#index + 1] ?? null;
    player.addEventListener("advanced", () => this.#show(this.#index + 1));
    player.addEventListener("ended", () => this.messages.tell("finish"));
    player.addEventListener("change", () => this.#changed());
    player.addEventListener("time", () => this.#moved());
    document.addEventListener("keydown", (event) => this.#key(event));
    this.messages = new Messages(this);
    this.begin();
  }

  /** Read the page, as it came or as `load` has put it. */
  begin() {
    this.data = JSON.parse(document.getElementById("embed-data").textContent);
    this.#start = this.data.start;
    this.#played = false;
    this.display?.leave();
    this.display = new Display(this);
    const { play, seek, previous, next, list } = this.display.parts;
    play?.addEventListener("click", () => this.toggle());
    for (const sign of ["pointerenter", "focus"]) play?.addEventListener(sign, () => prepare());
    seek?.addEventListener("input", () => this.display.preview());
    seek?.addEventListener("change", () => this.seek(Number(seek.value)));
    previous?.addEventListener("click", () => this.go(this.#index - 1));
    next?.addEventListener("click", () => this.go(this.#index + 1));
    list?.addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row) this.#press(Number(row.dataset.index));
    });
    if (this.track) this.#show(0);
    this.display.showState();
    this.messages.tell("ready", this.state);
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
      this.#played = true;
      player.open(this.track, this.#start);
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
    this.display.dragging = false;
    this.#start = Math.min(Math.max(0, seconds), this.duration);
    if (this.#played) player.seek(this.#start);
    this.#moved();
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
    const found = await fetchPage(address);
    player.close();
    this.#index = 0;
    put(found);
    this.begin();
  }

  #press(index) {
    if (index !== this.#index) this.go(index);
    else this.toggle();
  }

  #show(index) {
    this.#index = index;
    this.display.showTrack(index);
    this.messages.tell("track", this.state);
    this.#moved();
  }

  #changed() {
    const message = this.display.showState();
    if (message) this.messages.tell("error", { message });
    if (this.#wanted === player.wanted) return;
    this.#wanted = player.wanted;
    this.messages.tell(this.#wanted ? "play" : "pause", this.state);
  }

  #moved() {
    this.display.showTime();
    const { position, duration } = this;
    if (this.#played) this.messages.tell("time", { position, duration });
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
