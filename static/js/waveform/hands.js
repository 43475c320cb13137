// What hands and keys do to a <wave-form>: go, zoom, mark a passage, open a note.

import { clock } from "../core/words.js";
import { player } from "../playback/player.js";
import { connectGestures } from "./gestures.js";
import { connectKeys } from "./keys.js";
import { precise } from "./ruler.js";

const LOOP_SECONDS = 4;
const TENTHS_BELOW = 60; // seconds on the screen

export class Hands {
  constructor(wave, signal) {
    this.wave = wave;
    const { parts, view, following } = wave;
    const shared = {
      position: () => wave.position,
      seek: (seconds) => this.#go(seconds),
      scrub: (seconds) => this.#scrub(seconds),
      held: () => parts.slider.focus({ preventScroll: true, focusVisible: false }),
      focused: () => document.activeElement === parts.slider,
      panned: () => following.stop(),
      zoomed: () => following.resume(),
      zoom: (factor) => this.#zoom(factor),
      whole: () => view.glide(0, view.duration),
      pan: (screens) => this.#pan(screens),
      clear: () => this.#clear(),
    };
    const mark = (from, to, isDone) => wave.loop.mark(from, to, isDone);
    connectGestures(parts.view, view, { ...shared, mark }, signal);
    const byKey = {
      seek: (seconds) => this.#go(seconds, false),
      mark: (edge) => this.#mark(edge),
    };
    connectKeys(parts.slider, view, { ...shared, ...byKey }, signal);
    const actions = {
      closer: () => this.#zoom(2),
      wider: () => this.#zoom(0.5),
      repeat: () => this.#clear() ?? this.#markHere(),
    };
    for (const [part, action] of Object.entries(actions)) {
      parts[part].addEventListener("click", action, { signal });
    }
    parts.map.addEventListener("pointerdown", () => following.stop(), { signal });
    parts.view.addEventListener("pointermove", (event) => this.#hover(event), { signal });
    parts.band.addEventListener("keydown", (event) => this.#escape(event), { signal });
  }

  /** Show a note's moment, and let the page show its words. */
  openNote(note) {
    const { wave } = this;
    wave.passage.go(note.at);
    wave.following.reveal(note.at);
    document.dispatchEvent(new CustomEvent("note:open", { detail: { id: note.id } }));
  }

  /** Look so closely that these notes stand apart; those of one moment open one after the other. */
  spread(notes) {
    const { view, following } = this.wave;
    const [first, last] = [notes[0], notes.at(-1)];
    const span = last.at - first.at;
    if (view.isClosest || span === 0) {
      this.opened =
        notes[(notes.findIndex((note) => note.id === this.opened) + 1) % notes.length].id;
      return this.openNote(notes.find((note) => note.id === this.opened));
    }
    following.stop();
    return view.glide(first.at - span * 0.2, span * 1.4);
  }

  #go(seconds, plays = true) {
    const { wave } = this;
    if (!wave.track.playable) return;
    wave.following.resume();
    if (!wave.isCurrent) {
      wave.passage.waiting = null;
      player.open(wave.track, seconds);
    } else {
      player.seek(seconds);
      if (plays && !player.wanted) player.play();
    }
    if (!plays) wave.following.reveal(seconds);
  }

  #scrub(seconds) {
    const { wave } = this;
    if (!wave.track.playable) return;
    wave.scrubbed = seconds;
    wave.stage.refresh();
    if (seconds !== null) this.#hint(seconds);
  }

  #hover(event) {
    const box = this.wave.parts.view.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    this.wave.style.setProperty("--hover", String(part));
    this.#hint(this.wave.view.at(part));
  }

  #hint(seconds) {
    const { parts, view } = this.wave;
    parts.hint.textContent = view.span < TENTHS_BELOW ? precise(seconds) : clock(seconds);
  }

  /** Around the playhead while it is in view, else around the middle. */
  #zoom(factor) {
    const { view, position, following } = this.wave;
    following.resume();
    view.glideBy(factor, view.has(position) ? position : view.start + view.span / 2);
  }

  #pan(screens) {
    const { view, following } = this.wave;
    following.stop();
    view.glide(view.start + screens * view.span, view.span);
  }

  /** The loop begins, or ends, where play will begin; while it plays that is the player's own key. */
  #mark(edge) {
    const { range, position, loop, duration, isCurrent } = this.wave;
    if (isCurrent) return false;
    if (edge === "from") loop.mark(position, range?.to > position ? range.to : duration, true);
    else loop.mark(range && range.from < position ? range.from : 0, position, true);
    return true;
  }

  /** Some seconds from the playhead: a passage to begin with, for its handles to be moved. */
  #markHere() {
    const { view, position, loop, parts } = this.wave;
    const length = Math.min(LOOP_SECONDS, view.span / 4);
    const here = view.has(position) ? position : view.start + view.span * 0.375;
    const from = Math.min(here, view.duration - length);
    loop.mark(from, from + length, true);
    parts.from.focus({ preventScroll: true });
  }

  #clear() {
    if (!this.wave.range) return null;
    this.wave.loop.clear();
    return true;
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.#clear()) return;
    event.preventDefault();
    this.wave.parts.slider.focus({ preventScroll: true });
  }
}
