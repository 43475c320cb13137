// <stem-mixer version="…">: the stems of a version with solo, mute and level, played in its place.

import { api } from "../lib/api.js";
import { outline } from "../lib/mixer/outline.js";
import { SILENT_DB, StemDesk } from "../lib/mixer/stem-desk.js";
import { player } from "../lib/player.js";
import { Wire } from "../lib/wire.js";
import { decibels } from "../lib/words.js";

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
    this.wire?.close();
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
    if (this.busy || this.desk?.isOn) return;
    this.isWhole = waiting.length === 0;
    this.desk = new StemDesk(stems, (id) => this.#path(id));
    this.desk.addEventListener("change", () => this.#show());
    this.parts.rows.replaceChildren(...stems.map((stem) => this.#row(stem)));
    this.#say(waiting.length ? `${waiting.length} of ${stems.length} are being prepared.` : "");
    this.#show();
  }

  /** While stems are being prepared, the machine says how many; fewer than known is news. */
  #watch(known) {
    this.waiting = known;
    const hear = ({ preparing }) => preparing < this.waiting && this.#load();
    if (known) this.wire ??= new Wire(`/ws${this.#path()}`, hear);
    else this.wire?.close();
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
        this.desk.set(stem.id, name, !this.desk.setting(stem.id)[name]);
      });
    }
    part("level").addEventListener("input", ({ target }) => {
      this.desk.set(stem.id, "level", Number(target.value));
    });
    return row;
  }

  async #turn() {
    const { on } = this.parts;
    this.busy = true;
    this.#say("");
    try {
      if (on.checked) await this.desk.enter(this.#track);
      else await this.desk.leave();
    } catch (error) {
      this.#say(error.message);
    }
    this.busy = false;
    this.#show();
  }

  #show() {
    const { desk, parts } = this;
    if (!desk) return;
    if (!this.busy) parts.on.checked = desk.isOn;
    // All together or not at all: a part that is missing would not be missed.
    parts.on.disabled = !this.isWhole || !desk.stems.some(({ playable }) => playable);
    this.toggleAttribute("data-on", desk.isOn);
    for (const row of parts.rows.children) {
      const id = row.dataset.stem;
      const { solo, mute, level } = desk.setting(id);
      row.querySelector("[data-part=solo]").setAttribute("aria-pressed", String(solo));
      row.querySelector("[data-part=mute]").setAttribute("aria-pressed", String(mute));
      row.toggleAttribute("data-silent", !desk.isHeard(id));
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
