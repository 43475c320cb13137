// <play-button version="…">: wraps a button that plays one track, wherever it is shown.
// What is known of the track comes from a JSON script (`data="id"`) or from data- attributes.

import { prepare } from "../engine/prepare.js";
import { player } from "../player.js";

class PlayButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.button.addEventListener("click", () => this.#press(), { signal });
    for (const sign of ["pointerenter", "focus"]) {
      this.button.addEventListener(sign, () => prepare(), { signal });
    }
    for (const name of ["change", "track"]) {
      player.addEventListener(name, () => this.#show(), { signal });
    }
    this.#show();
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  get version() {
    return this.getAttribute("version");
  }

  get track() {
    const script = document.getElementById(this.getAttribute("data"));
    if (script) return JSON.parse(script.textContent);
    const { track, title, artist, url, cover, duration, accent } = this.dataset;
    return {
      version_id: this.version,
      track_id: track,
      title,
      artist,
      url,
      cover_thumb: cover,
      duration_ms: Number(duration),
      accent,
    };
  }

  #press() {
    if (player.is(this.version)) player.toggle();
    else player.open(this.track);
  }

  #show() {
    const plays = player.is(this.version) && player.wanted;
    this.toggleAttribute("data-playing", plays);
    this.button.setAttribute("aria-label", `${plays ? "Pause" : "Play"} ${this.dataset.title}`);
  }
}

customElements.define("play-button", PlayButton);
