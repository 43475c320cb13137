// <player-settings>: how it sounds. Shows and changes quality, speed, crossfade and loudness.

import { normalisation } from "../engine/loudness.js";
import { possible } from "../engine/renditions.js";
import { settings } from "../engine/settings.js";
import { player } from "../player.js";

const NAMES = {
  opus: "Opus, 160 kbit/s",
  opus64: "Opus, 64 kbit/s",
  aac: "AAC, 256 kbit/s",
  flac: "lossless (FLAC)",
  alac: "lossless (ALAC)",
  native: "what this browser chose",
  mp3: "MP3, 320 kbit/s",
};

/** What is done to this piece so that all are equally loud; "" where nothing is known of it. */
function inWords(track) {
  const decibels = normalisation(track);
  if (Math.abs(decibels) < 0.05) {
    const known = Number.isFinite(track.loudness_lufs);
    return known ? "This one stays as it is: it is there already, or could only clip." : "";
  }
  const louder = decibels > 0 ? "louder" : "quieter";
  return `This one plays ${Math.abs(decibels).toFixed(1)} dB ${louder} than it was made.`;
}

class PlayerSettings extends HTMLElement {
  connectedCallback() {
    const named = (name) =>
      Object.fromEntries(
        [...this.querySelectorAll(`[data-${name}]`)].map((found) => [found.dataset[name], found]),
      );
    this.fields = named("setting");
    this.parts = named("part");
    this.addEventListener("input", (event) => this.#put(event.target));
    for (const name of ["track", "change"]) player.addEventListener(name, () => this.#show());
    settings.addEventListener("change", () => this.#show());
    this.#show();
  }

  #put(field) {
    const name = field.dataset.setting;
    if (name === "rate") player.setRate(Number(field.value));
    else if (field.type === "checkbox") settings.set(name, field.checked);
    else settings.set(name, field.type === "range" ? Number(field.value) : field.value);
  }

  #show() {
    const { quality, rate, keepsPitch, crossfade, normalises } = this.fields;
    this.#offer(quality);
    this.#slide(rate, player.rate, `${player.rate}×`, `${player.rate} times`);
    const { crossfade: seconds } = settings;
    this.#slide(
      crossfade,
      seconds,
      seconds ? `${seconds} s` : "Off",
      seconds ? `${seconds} seconds` : "Off: pieces follow without a gap",
    );
    keepsPitch.checked = settings.keepsPitch;
    normalises.checked = settings.normalises;
    this.#tell();
  }

  /** Only what can be heard here; a choice of before that cannot be is kept for other pieces. */
  #offer(select) {
    const isHls = ["hls", ""].includes(player.sound?.kind ?? "");
    const offered = isHls ? possible(player.track) : ["auto"];
    for (const option of select.options) {
      const missing = !offered.includes(option.value);
      option.hidden = missing;
      option.disabled = missing;
    }
    select.value = offered.includes(settings.quality) ? settings.quality : "auto";
  }

  #slide(field, value, words, spoken) {
    field.value = String(value);
    field.setAttribute("aria-valuetext", spoken);
    const { min, max } = field;
    field.style.setProperty("--so-far", String((value - min) / (max - min)));
    this.parts[field.dataset.setting].textContent = words;
  }

  #tell() {
    const { now, even } = this.parts;
    const heard = NAMES[player.sound?.rendition];
    now.textContent = heard ? `You hear ${heard}.` : "";
    const words = settings.normalises && player.track ? inWords(player.track) : "";
    even.textContent = words || even.dataset.words;
  }
}

customElements.define("player-settings", PlayerSettings);
