// <play-button version="…">: wraps a button that plays one track, wherever it is shown; an empty
// one, of which lists have many, makes itself the usual disc.
// What is known of the track comes from a JSON script (`data="id"`), from data- attributes, or
// from the card that the button stands on.

import { prepare } from "../engine/prepare.js";
import { player } from "../player.js";

class PlayButton extends HTMLElement {
  connectedCallback() {
    if (!this.firstElementChild) {
      this.append(document.getElementById("play-disc").content.cloneNode(true));
    }
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
    const { track, title, artist, url, cover, duration, accent } = {
      ...this.#card,
      ...this.dataset,
    };
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

  get #card() {
    const card = this.closest(".card");
    return {
      title: card?.querySelector(".card__title").textContent,
      artist: card?.querySelector(".card__meta a").textContent,
      url: card?.querySelector(".card__title a").getAttribute("href"),
      cover: card?.querySelector("img")?.getAttribute("src") ?? "",
    };
  }

  #press() {
    if (player.is(this.version)) player.toggle();
    else player.open(this.track);
  }

  #show() {
    const plays = player.is(this.version) && player.wanted;
    this.toggleAttribute("data-playing", plays);
    this.button.setAttribute(
      "aria-label",
      `${plays ? "Pause" : "Play"} ${this.dataset.title ?? this.track.title}`,
    );
  }
}

customElements.define("play-button", PlayButton);
