// <cinema-view>: the whole window for what is heard, above everything but the player's bar.

import { api } from "../../core/api.js";
import { versionPath } from "../../core/signed-urls.js";
import { recall, remember } from "../../core/storage.js";
import { player } from "../../playback/player.js";
import { paletteOf } from "../palette.js";
import { Screen } from "../screen.js";

const IDLE_MS = 3000;
const BEHIND = "body > header, body > main, body > footer, .skip-link";
const ORDER = ["own", "spectrum", "scope", "drift"];
const still = matchMedia("(prefers-reduced-motion: reduce)");

class CinemaView extends HTMLElement {
  connectedCallback() {
    const parts = [...this.querySelectorAll("[data-part]")];
    this.parts = Object.fromEntries(parts.map((part) => [part.dataset.part, part]));
    this.scene = recall("scene", "drift");
    this.visual = null;
    this.moves = !still.matches;
    for (const button of this.querySelectorAll("[data-scene]")) {
      button.addEventListener("click", () => this.#choose(button.dataset.scene));
    }
    this.parts.close.addEventListener("click", () => this.toggle());
    this.parts.full.addEventListener("click", () => this.#fill());
    this.parts.motion.addEventListener("click", () => this.#allow(!this.moves));
  }

  disconnectedCallback() {
    this.#close();
  }

  toggle() {
    if (this.hidden) this.#open();
    else this.#close();
  }

  #open() {
    this.opener = document.activeElement;
    this.hidden = false;
    document.documentElement.dataset.inCinema = "";
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const part of document.querySelectorAll(BEHIND)) part.inert = true;
    player.addEventListener("track", () => this.#showTrack(), { signal });
    player.addEventListener("change", () => this.#showState(), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const name of ["pointermove", "pointerdown", "keydown", "focusin"]) {
      addEventListener(name, () => this.#wake(), { signal, passive: true });
    }
    document.addEventListener("visibilitychange", () => this.#showState(), { signal });
    still.addEventListener("change", () => this.#allow(!still.matches), { signal });
    document.addEventListener("fullscreenchange", () => this.#showFull(), { signal });
    try {
      this.screen = new Screen(this.parts.canvas);
    } catch (error) {
      this.screen = null;
      this.trouble = error.message;
    }
    this.#showTrack();
    this.#wake();
    this.parts.close.focus();
  }

  #close() {
    if (this.hidden) return;
    this.hidden = true;
    delete document.documentElement.dataset.inCinema;
    this.listening?.abort();
    this.screen?.stop();
    clearTimeout(this.resting);
    this.parts.film.pause();
    for (const part of document.querySelectorAll(BEHIND)) part.inert = false;
    delete document.documentElement.dataset.cinemaIdle;
    if (document.fullscreenElement) document.exitFullscreen();
    this.opener?.focus?.();
  }

  async #showTrack() {
    const { track } = player;
    const version = track?.version_id;
    if (version === this.shown) return this.#showState();
    this.shown = version;
    this.visual = null;
    this.parts.title.textContent = track?.title ?? "Nothing plays";
    this.parts.artist.textContent = track?.artist ?? "";
    this.#showState();
    const [colours, visual] = await Promise.all([paletteOf(track), this.#ask(track)]);
    if (version !== this.shown || this.hidden) return;
    if (this.screen) this.screen.colours = colours;
    this.visual = visual;
    if (visual) this.scene = "own";
    this.#showState();
  }

  async #ask(track) {
    if (!track) return null;
    const [path, query = ""] = versionPath(track).split("?");
    const answer = await api("GET", `${path}visual/${query && `?${query}`}`).catch(() => null);
    return answer?.state === "ready" ? answer : null;
  }

  #choose(scene) {
    this.scene = scene;
    if (scene !== "own") remember("scene", scene);
    this.#showState();
  }

  #showState() {
    const { film, picture, canvas, note, motion } = this.parts;
    const { track } = player;
    const scene = this.scene === "own" && !this.visual ? recall("scene", "drift") : this.scene;
    const paints = scene !== "own" && this.screen;
    for (const button of this.querySelectorAll("[data-scene]")) {
      button.setAttribute("aria-pressed", String(button.dataset.scene === scene));
      button.hidden = button.dataset.scene === "own" ? !this.visual : !this.screen;
    }
    const filmed = scene === "own" && this.visual?.kind === "film";
    const pictured = filmed ? "" : scene === "own" ? this.visual.url : (track?.cover ?? "");
    this.#source(film, filmed ? this.visual.url : "");
    this.#source(picture, paints ? "" : pictured);
    canvas.hidden = !paints;
    const seen = document.visibilityState === "visible";
    if (filmed && this.moves && player.wanted && seen) film.play().catch(() => {});
    else film.pause();
    if (this.screen) {
      this.screen.scene = paints ? scene : this.screen.scene;
      this.screen.calm = !this.moves;
      if (paints && seen) this.screen.start();
      else this.screen.stop();
    }
    motion.hidden = !still.matches;
    motion.setAttribute("aria-pressed", String(this.moves));
    const words = this.screen || scene === "own" ? "" : this.trouble;
    if (note.textContent !== words) note.textContent = words;
  }

  #source(media, url) {
    media.hidden = !url;
    if (url && media.getAttribute("src") !== url) media.src = url;
    if (!url && media.hasAttribute("src")) media.removeAttribute("src");
  }

  #allow(moves) {
    this.moves = moves;
    this.#showState();
  }

  #key(event) {
    if (event.defaultPrevented || document.querySelector("dialog:modal")) return;
    if (event.key === "Escape") this.#close();
    else if (event.key.toLowerCase() === "v" && !event.ctrlKey && !event.metaKey) this.#step();
    else return;
    event.preventDefault();
  }

  #step() {
    const there = ORDER.filter((name) => (name === "own" ? this.visual : this.screen));
    if (there.length) this.#choose(there[(there.indexOf(this.scene) + 1) % there.length]);
  }

  async #fill() {
    // The whole page, so that the player's bar and the queue stay within reach.
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen?.().catch(() => {});
  }

  #showFull() {
    this.parts.full.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
  }

  #wake() {
    const { dataset } = document.documentElement;
    delete dataset.cinemaIdle;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const isUsed = document.activeElement?.matches(":focus-visible");
      if (player.wanted && !isUsed) dataset.cinemaIdle = "";
    }, IDLE_MS);
  }
}

customElements.define("cinema-view", CinemaView);
