// The small player in a foreign page: one track or a list. It knows nobody and keeps nothing; the
// page around it speaks to it by messages (`widget.js`).

import { Face } from "./embed/face.js";
import { fetchPage, put } from "./embed/page.js";
import { Talk } from "./embed/talk.js";
import { manners } from "./lib/api.js";
import { prepare } from "./lib/engine/prepare.js";
import { setVolume } from "./lib/levels.js";
import { player } from "./lib/player.js";

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
    player.addEventListener("ended", () => this.talk.tell("finish"));
    player.addEventListener("change", () => this.#changed());
    player.addEventListener("time", () => this.#moved());
    document.addEventListener("keydown", (event) => this.#key(event));
    this.talk = new Talk(this);
    this.begin();
  }

  /** Read the page, as it came or as `load` has put it. */
  begin() {
    this.data = JSON.parse(document.getElementById("embed-data").textContent);
    this.#start = this.data.start;
    this.#played = false;
    this.face?.leave();
    this.face = new Face(this);
    const { play, seek, previous, next, list } = this.face.parts;
    play?.addEventListener("click", () => this.toggle());
    for (const sign of ["pointerenter", "focus"]) play?.addEventListener(sign, () => prepare());
    seek?.addEventListener("input", () => this.face.preview());
    seek?.addEventListener("change", () => this.seek(Number(seek.value)));
    previous?.addEventListener("click", () => this.go(this.#index - 1));
    next?.addEventListener("click", () => this.go(this.#index + 1));
    list?.addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row) this.#press(Number(row.dataset.index));
    });
    if (this.track) this.#show(0);
    this.face.showState();
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
    this.face.dragging = false;
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
    this.face.showTrack(index);
    this.talk.tell("track", this.state);
    this.#moved();
  }

  #changed() {
    const message = this.face.showState();
    if (message) this.talk.tell("error", { message });
    if (this.#wanted === player.wanted) return;
    this.#wanted = player.wanted;
    this.talk.tell(this.#wanted ? "play" : "pause", this.state);
  }

  #moved() {
    this.face.showTime();
    const { position, duration } = this;
    if (this.#played) this.talk.tell("time", { position, duration });
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
