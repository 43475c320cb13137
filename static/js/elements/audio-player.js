// <audio-player>: the bar at the foot of every page. It stays while pages change.

import { connectKeyboard } from "../lib/keyboard.js";
import { cycleSpeed, volume as level, setVolume, toggleMuted } from "../lib/levels.js";
import { connectMediaSession } from "../lib/media-session.js";
import { player } from "../lib/player.js";
import { prepare } from "../lib/source.js";
import { clock, spoken } from "../lib/words.js";

class AudioPlayer extends HTMLElement {
  connectedCallback() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { audio, play, seek, mute, volume, speed, help, dismiss } = this.parts;
    player.addEventListener("track", () => this.#showTrack());
    player.addEventListener("change", () => this.#showState());
    player.addEventListener("time", () => this.#showTime());
    level.addEventListener("level", () => this.#showVolume());

    play.addEventListener("click", () => player.toggle());
    for (const sign of ["pointerenter", "focus"]) play.addEventListener(sign, () => prepare());
    seek.addEventListener("input", () => this.#preview());
    seek.addEventListener("change", () => player.seek(Number(seek.value)));
    mute.addEventListener("click", () => toggleMuted());
    volume.addEventListener("input", () => setVolume(Number(volume.value)));
    speed.addEventListener("click", () => cycleSpeed());
    help.addEventListener("click", () => this.#showHelp());
    dismiss.addEventListener("click", () => player.close());

    // Whoever signs out leaves no trace of what was played.
    document.addEventListener("submit", (event) => {
      if ("forgets" in event.target.dataset) player.close();
    });

    player.begin(audio);
    connectMediaSession();
    connectKeyboard(() => this.#showHelp());
    this.#showVolume();
    this.#showTrack();
  }

  #showHelp() {
    document.getElementById("keys")?.showModal();
  }

  #showTrack() {
    const { track } = player;
    this.hidden = !track;
    if (!track) return;
    const { title, artist, link, cover, seek, total } = this.parts;
    title.textContent = track.title;
    artist.textContent = track.artist;
    link.href = track.url;
    cover.hidden = !track.cover_thumb;
    if (track.cover_thumb && cover.getAttribute("src") !== track.cover_thumb) {
      cover.src = track.cover_thumb;
    }
    if (/^[0-9a-f]{6}$/.test(track.accent ?? "")) {
      this.style.setProperty("--music", `#${track.accent}`);
    } else this.style.removeProperty("--music");
    seek.max = String(player.duration);
    total.textContent = clock(Math.round(player.duration));
    this.#showTime();
    this.#showState();
  }

  #showState() {
    const { play, note, speed } = this.parts;
    play.setAttribute("aria-label", player.wanted ? "Pause" : "Play");
    this.dataset.state = player.wanted ? "playing" : "paused";
    this.toggleAttribute("data-loading", player.isLoading);
    speed.textContent = `${player.rate}×`;
    speed.setAttribute("aria-label", `Speed ${player.rate} times`);
    const waits = player.awaited !== null;
    const words = waits
      ? `${clock(player.awaited)} is still being prepared. It plays as soon as it is there.`
      : player.trouble;
    if (note.textContent !== words) note.textContent = words;
    this.toggleAttribute("data-waits", waits);
    this.#showReach();
  }

  #showTime() {
    const { seek } = this.parts;
    if (this.dragging) return;
    seek.value = String(player.position);
    this.#showPosition(player.position);
  }

  #preview() {
    this.dragging = true;
    this.#showPosition(Number(this.parts.seek.value));
    this.parts.seek.addEventListener("change", () => (this.dragging = false), { once: true });
  }

  #showPosition(seconds) {
    const { seek, elapsed } = this.parts;
    const { duration } = player;
    const words = clock(seconds);
    if (elapsed.textContent !== words) {
      elapsed.textContent = words;
      seek.setAttribute("aria-valuetext", `${spoken(seconds)} of ${spoken(duration)}`);
    }
    this.style.setProperty("--played", duration > 0 ? String(seconds / duration) : "0");
  }

  #showReach() {
    const { available, duration } = player;
    const reach = available === null || !duration ? 1 : Math.min(1, available / duration);
    this.style.setProperty("--reach", String(reach));
  }

  #showVolume() {
    const { volume, mute } = this.parts;
    const shown = level.muted ? 0 : level.position;
    volume.value = String(shown);
    volume.setAttribute("aria-valuetext", `${Math.round(shown * 100)} percent`);
    mute.setAttribute("aria-pressed", String(level.muted));
    this.style.setProperty("--level", String(shown));
    this.toggleAttribute("data-muted", shown === 0);
  }
}

customElements.define("audio-player", AudioPlayer);
