// <wave-form version="…" data="player-data">: the whole piece at a glance, any part of it as close as
// one second, and the way to any moment. Drawn from our own peaks, before any sound is loaded.
// For others on the page: `range` ({from, to} seconds or null), `show(track)` for another version,
// and the document's events "wave:range" (detail: the range) and "note:open" (detail: {id}).

import { prepare } from "../../playback/engine/prepare.js";
import { player } from "../../playback/player.js";
import { Following } from "../following.js";
import { leave, take } from "../handover.js";
import { Hands } from "../hands.js";
import { LoopLane } from "../loop.js";
import { Markers } from "../markers.js";
import { Minimap } from "../minimap.js";
import { readNotes, watchNotes } from "../notes.js";
import { manner } from "../paint.js";
import { Passage } from "../passage.js";
import { Peaks } from "../peaks.js";
import { Playhead, tellPosition } from "../playhead.js";
import { Ruler } from "../ruler.js";
import { Stage } from "../stage.js";
import { View } from "../view.js";

const json = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

class WaveForm extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.parts = {};
    for (const part of this.querySelectorAll("[data-part]")) this.parts[part.dataset.part] = part;
    this.track = json(this.getAttribute("data"));
    player.update(this.track);
    this.view = new View(this.duration);
    const left = take(this.track);
    this.#build(signal, left);
    this.view.addEventListener("change", () => this.#changed(), { signal });
    player.addEventListener("track", () => this.#follow(), { signal });
    this.addEventListener("pointerenter", () => prepare(), { signal, once: true });
    watchNotes(this, () => this.#notes(), signal);
    this.show(this.track);
    this.stage.onResize = () => this.#changed();
    this.heard = player.track?.version_id;
    if (left && !left.isWhole) this.view.show(left.start, left.span);
  }

  disconnectedCallback() {
    leave(this);
    this.listening.abort();
  }

  get duration() {
    return (this.track.duration_ms ?? 0) / 1000;
  }

  get isCurrent() {
    return player.is(this.track.version_id);
  }

  get range() {
    return this.passage.range;
  }

  /** Seconds, at this very frame. */
  get position() {
    if (!this.isCurrent) return this.passage.waiting ?? 0;
    return this.playhead.position;
  }

  /** Draw this version (a dict as in player-data) from now on. */
  show(track) {
    this.track = track;
    if (Math.abs(this.view.duration - this.duration) > 0.01) this.view.resize(this.duration);
    this.peaks = track.overview?.length ? new Peaks(track, this.duration) : null;
    this.peaks?.addEventListener("more", () => this.stage.refresh());
    this.toggleAttribute("data-drawn", this.peaks !== null);
    this.#notes();
    this.#changed();
  }

  #build(signal, left) {
    const { parts, view } = this;
    const scene = () => {
      const played = this.scrubbed ?? this.position;
      return { peaks: this.peaks, view, played, range: this.range, line: !view.isWhole };
    };
    const changed = () => this.markers && this.#changed();
    this.passage = new Passage(this, changed, signal, left);
    this.playhead = new Playhead(
      () => this.isCurrent,
      () => this.markers && this.#moved(true),
      signal,
    );
    this.following = new Following(view);
    this.stage = new Stage(parts.canvas, scene, signal);
    this.ruler = new Ruler(parts.ruler);
    this.minimap = new Minimap(parts.map, view, scene, signal);
    this.loop = new LoopLane(parts, view, (range, done) => this.passage.set(range, done), signal);
    this.hands = new Hands(this, signal);
    this.markers = new Markers(parts.notes, view, this.hands);
  }

  /** The player went on with another version of this piece: show that one. */
  #follow() {
    const id = player.track?.version_id;
    const isNews = id !== this.heard;
    this.heard = id;
    if (!id || !isNews || id === this.track.version_id) return;
    const others = [json(this.getAttribute("data")), ...(json("versions-data") ?? [])];
    const other = others.find((track) => track?.version_id === id);
    // Its own peaks come with the page's next piece; until then the picture stays.
    const { key, overview } = this.track;
    if (other)
      this.show({ ...other, key, overview: other.overview?.length ? other.overview : overview });
  }

  #notes() {
    this.markers.notes = readNotes(this.track.version_id);
    this.markers.show();
  }

  /** What is shown, or the passage, is another one. */
  #changed() {
    const { view, parts, stage } = this;
    this.ruler.show(view);
    this.minimap.show();
    this.markers.show();
    this.loop.range = this.range;
    this.loop.show();
    parts.repeat.setAttribute("aria-pressed", String(this.range !== null));
    parts.closer.disabled = view.isClosest;
    parts.wider.disabled = view.isWhole;
    parts.view.toggleAttribute("data-zoomed", !view.isWhole);
    const { step } = manner(view, stage.width);
    this.peaks?.want(view.start - view.span * 0.1, view.end + view.span * 0.5, step);
    stage.refresh();
    this.#moved();
  }

  #moved(bySound = false) {
    const { position, duration, stage, view, parts } = this;
    if (bySound) this.following.look(position, this.playhead.moves);
    stage.move();
    this.minimap.stage.move();
    const edge = (this.isCurrent ? player.available : null) ?? duration;
    this.style.setProperty("--reach", String(Math.min(1, Math.max(0, view.fraction(edge)))));
    tellPosition(parts.slider, position, duration);
  }
}

customElements.define("wave-form", WaveForm);
