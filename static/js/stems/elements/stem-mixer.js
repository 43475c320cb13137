// <stem-mixer version="…">: the stems of a version with solo, mute and level, played in its place.

import { api } from "../../core/api.js";
import { LiveSocket } from "../../core/socket.js";
import { decibels } from "../../core/words.js";
import { player } from "../../playback/player.js";
import { outline } from "../outline.js";
import { SILENT_DB, StemMix } from "../stem-mixer.js";

class StemMixer extends HTMLElement {
  async connectedCallback() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.parts.on.addEventListener("change", () => this.#turn(), { signal });
    for (const name of ["track", "change"]) {
      player.addEventListener(name, () => this.#show(), { signal });
    }
    player.addEventListener("time", () => this.#follow(), { signal });
    await this.#load();
  }

  disconnectedCallback() {
    this.listening.abort();
    this.socket?.close();
  }

  #path(id = "") {
    const key = this.dataset.token ? `?token=${this.dataset.token}` : "";
    return `/versions/${this.getAttribute("version")}/stems/${id && `${id}/`}${key}`;
  }

  get #track() {
    const versions = JSON.parse(document.getElementById("versions-data")?.textContent ?? "[]");
    const shown = JSON.parse(document.getElementById("player-data").textContent);
    const id = this.getAttribute("version");
    return [shown, ...versions].find((one) => one.version_id === id);
  }

  async #load() {
    let stems;
    try {
      stems = (await api("GET", this.#path())).results;
    } catch (error) {
      this.#say(error.message);
      return;
    }
    if (this.listening.signal.aborted) return;
    const waiting = stems.filter(({ status }) => ["pending", "processing"].includes(status));
    this.#watch(waiting.length);
    if (this.busy || this.mix?.isOn) return;
    this.isWhole = waiting.length === 0;
    this.mix = new StemMix(stems, (id) => this.#path(id));
    this.mix.addEventListener("change", () => this.#show());
    this.parts.rows.replaceChildren(...stems.map((stem) => this.#row(stem)));
    this.#say(waiting.length ? `${waiting.length} of ${stems.length} are being prepared.` : "");
    this.#show();
  }

  /** While stems are being prepared, the machine says how many; fewer than known is news. */
  #watch(known) {
    this.waiting = known;
    const hear = ({ preparing }) => preparing < this.waiting && this.#load();
    if (known) this.socket ??= new LiveSocket(`/ws${this.#path()}`, hear);
    else this.socket?.close();
  }

  #row(stem) {
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part=${name}]`);
    row.dataset.stem = stem.id;
    part("title").textContent = stem.title;
    part("role").textContent = stem.title === stem.role_name ? "" : stem.role_name;
    part("solo").setAttribute("aria-label", `Solo ${stem.title}`);
    part("mute").setAttribute("aria-label", `Mute ${stem.title}`);
    part("level").setAttribute("aria-label", `Level of ${stem.title}`);
    const drawing = outline(stem.overview);
    const whole = this.#track?.duration_ms || stem.duration_ms;
    drawing.style.inlineSize = `${Math.min(1, stem.duration_ms / whole) * 100}%`;
    part("wave").replaceChildren(drawing);
    part("wave").addEventListener("click", (event) => this.#seek(event));
    for (const name of ["solo", "mute"]) {
      part(name).addEventListener("click", () => {
        this.mix.set(stem.id, name, !this.mix.setting(stem.id)[name]);
      });
    }
    part("level").addEventListener("input", ({ target }) => {
      this.mix.set(stem.id, "level", Number(target.value));
    });
    return row;
  }

  async #turn() {
    const { on } = this.parts;
    this.busy = true;
    this.#say("");
    try {
      if (on.checked) await this.mix.enter(this.#track);
      else await this.mix.leave();
    } catch (error) {
      this.#say(error.message);
    }
    this.busy = false;
    this.#show();
  }

  #show() {
    const { mix, parts } = this;
    if (!mix) return;
    if (!this.busy) parts.on.checked = mix.isOn;
    // All together or not at all: a part that is missing would not be missed.
    parts.on.disabled = !this.isWhole || !mix.stems.some(({ playable }) => playable);
    this.toggleAttribute("data-on", mix.isOn);
    for (const row of parts.rows.children) {
      const id = row.dataset.stem;
      const { solo, mute, level } = mix.setting(id);
      row.querySelector("[data-part=solo]").setAttribute("aria-pressed", String(solo));
      row.querySelector("[data-part=mute]").setAttribute("aria-pressed", String(mute));
      row.toggleAttribute("data-silent", !mix.isHeard(id));
      const slider = row.querySelector("[data-part=level]");
      slider.value = String(level);
      slider.style.setProperty("--so-far", String((level - SILENT_DB) / (6 - SILENT_DB)));
      const figure = level > SILENT_DB ? decibels(level) : "off";
      slider.setAttribute("aria-valuetext", figure.replace("dB", "decibels"));
      row.querySelector("[data-part=figure]").textContent = figure;
    }
    this.#follow();
  }

  #follow() {
    const here = player.is(this.getAttribute("version")) && player.duration;
    this.style.setProperty("--played", here ? String(player.position / player.duration) : "0");
  }

  #seek(event) {
    const box = event.currentTarget.getBoundingClientRect();
    if (!player.is(this.getAttribute("version"))) return;
    player.seek(((event.clientX - box.left) / box.width) * player.duration);
  }

  #say(sentence) {
    this.parts.note.textContent = sentence;
  }
}

customElements.define("stem-mixer", StemMixer);
