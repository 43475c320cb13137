// What the bar at the foot and the full player share: parts marked `data-part`, which work the
// player and show how it is.

import { clock, spoken } from "../core/words.js";
import { prepare } from "../playback/engine/prepare.js";
import { cycleSpeed, volume as level, setVolume, toggleMuted } from "../playback/levels.js";
import { player } from "../playback/player.js";
import { queue } from "../queue/queue.js";

const REPEATS = { off: "Repeat: off", all: "Repeat: the whole queue", one: "Repeat: this piece" };
const COLOUR = /^[0-9a-f]{6}$/;

export class PlayerControls extends HTMLElement {
  /** Find the parts and connect them; what they show follows with `showAll`. */
  connectParts() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { play, previous, next, seek, mute, volume, speed, help } = this.parts;
    const { shuffle, repeat } = this.parts;
    player.addEventListener("track", () => this.showTrack());
    player.addEventListener("change", () => this.showState());
    player.addEventListener("time", () => this.showTime());
    level.addEventListener("level", () => this.showVolume());
    queue.addEventListener("change", () => this.showNeighbours());

    play.addEventListener("click", () => player.toggle());
    for (const sign of ["pointerenter", "focus"]) play.addEventListener(sign, () => prepare());
    previous.addEventListener("click", () => queue.previous());
    next.addEventListener("click", () => queue.next());
    shuffle.addEventListener("click", () => queue.setShuffle(!queue.shuffle));
    repeat.addEventListener("click", () => queue.cycleRepeat());
    seek.addEventListener("input", () => this.#preview());
    seek.addEventListener("change", () => player.seek(Number(seek.value)));
    mute.addEventListener("click", () => toggleMuted());
    volume.addEventListener("input", () => setVolume(Number(volume.value)));
    speed.addEventListener("click", () => cycleSpeed());
    help.addEventListener("click", () => document.getElementById("keys").showModal());
  }

  showAll() {
    this.showVolume();
    this.showTrack();
    this.showNeighbours();
  }

  showTrack() {
    const { track, duration } = player;
    if (!track) return;
    const { title, artist, seek, total } = this.parts;
    title.textContent = track.title;
    artist.textContent = track.artist;
    this.showCover(track.cover_thumb);
    if (COLOUR.test(track.accent ?? "")) this.style.setProperty("--music", `#${track.accent}`);
    else this.style.removeProperty("--music");
    seek.max = String(duration);
    total.textContent = clock(Math.round(duration));
    this.showTime();
    this.showState();
  }

  showCover(address) {
    const { cover } = this.parts;
    cover.hidden = !address;
    if (address && cover.getAttribute("src") !== address) cover.src = address;
    // An address that was remembered may have ended.
    cover.onerror = () => (cover.hidden = true);
  }

  showState() {
    const { play, speed } = this.parts;
    play.setAttribute("aria-label", player.wanted ? "Pause" : "Play");
    this.dataset.state = player.wanted ? "playing" : "paused";
    this.toggleAttribute("data-loading", player.isLoading);
    speed.textContent = `${player.rate}×`;
    speed.setAttribute("aria-label", `Speed ${player.rate} times`);
    const { available, duration } = player;
    const reach = available === null || !duration ? 1 : Math.min(1, available / duration);
    this.style.setProperty("--reach", String(reach));
  }

  showTime() {
    if (this.dragging) return;
    this.parts.seek.value = String(player.position);
    this.showPosition(player.position);
  }

  showPosition(seconds) {
    const { seek, elapsed } = this.parts;
    const { duration } = player;
    const words = clock(seconds);
    if (elapsed.textContent !== words) {
      elapsed.textContent = words;
      seek.setAttribute("aria-valuetext", `${spoken(seconds)} of ${spoken(duration)}`);
    }
    this.style.setProperty("--played", duration > 0 ? String(seconds / duration) : "0");
  }

  showVolume() {
    const { volume, mute } = this.parts;
    const shown = level.muted ? 0 : level.position;
    volume.value = String(shown);
    volume.setAttribute("aria-valuetext", `${Math.round(shown * 100)} percent`);
    mute.setAttribute("aria-pressed", String(level.muted));
    this.style.setProperty("--level", String(shown));
    this.toggleAttribute("data-muted", shown === 0);
  }

  showNeighbours() {
    const { next, shuffle, repeat } = this.parts;
    next.disabled = !queue.hasNext;
    shuffle.setAttribute("aria-pressed", String(queue.shuffle));
    repeat.setAttribute("aria-label", REPEATS[queue.repeat]);
    repeat.dataset.repeat = queue.repeat;
  }

  #preview() {
    const { seek } = this.parts;
    this.dragging = true;
    this.showPosition(Number(seek.value));
    seek.addEventListener("change", () => (this.dragging = false), { once: true });
  }
}
