// The whole piece in small, and the part of it that is on the screen: to be dragged, or moved by key.

import { spoken } from "../core/words.js";
import { Stage } from "./stage.js";
import { View } from "./view.js";

const KEYS = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 };

export class Minimap {
  constructor(host, view, scene, signal) {
    this.host = host;
    this.view = view;
    this.whole = new View(view.duration);
    const all = () => ({ ...scene(), view: this.whole, line: false });
    this.stage = new Stage(host.querySelector("[data-part=map-canvas]"), all, signal);
    host.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    host.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  show() {
    const { host, view } = this;
    if (this.whole.duration !== view.duration) this.whole.resize(view.duration);
    host.classList.toggle("wave__map--idle", view.isWhole);
    host.tabIndex = view.isWhole ? -1 : 0;
    host.style.setProperty("--from", String(view.start / view.duration));
    host.style.setProperty("--part", String(view.span / view.duration));
    const rest = view.duration - view.span;
    host.setAttribute(
      "aria-valuenow",
      String(rest > 0 ? Math.round((100 * view.start) / rest) : 0),
    );
    host.setAttribute("aria-valuetext", `${spoken(view.start)} to ${spoken(view.end)}`);
  }

  #at(event) {
    const box = this.host.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * this.view.duration;
  }

  #grab(event) {
    const { view, host } = this;
    if (event.button !== 0 || view.isWhole) return;
    const pressed = this.#at(event);
    const offset = view.has(pressed) ? pressed - view.start : view.span / 2;
    const held = new AbortController();
    const follow = (moved) => view.show(this.#at(moved) - offset);
    host.setPointerCapture(event.pointerId);
    host.addEventListener("pointermove", follow, { signal: held.signal });
    for (const name of ["pointerup", "pointercancel"]) {
      host.addEventListener(name, () => held.abort(), { signal: held.signal });
    }
    follow(event);
  }

  #key(event) {
    const { view } = this;
    const ends = { Home: 0, End: view.duration };
    const start = ends[event.key] ?? view.start + KEYS[event.key] * view.span;
    if (!Number.isFinite(start)) return;
    event.preventDefault();
    view.glide(start, view.span);
  }
}
