// The versions of one piece, played against each other on one clock. Only one is heard; the others
// run along in silence, so that a switch is a crossfade of a few milliseconds at the same sample.
// Event: "change" (what is heard, how loud).

import { SignedUrls } from "../core/signed-urls.js";
import { Alignments } from "../mixing/alignment.js";
import { ChunkCache, RATE } from "../mixing/chunk-cache.js";
import { carry, takeOver } from "../mixing/handover.js";
import { gains } from "../mixing/loudness-match.js";
import { Mix } from "../mixing/mix.js";
import { MixSound } from "../mixing/mix-sound.js";
import { engine, start } from "../playback/engine/context.js";
import { settings } from "../playback/engine/settings.js";
import { player } from "../playback/player.js";

const RUNNING = 4; // versions that run along at once: each costs memory and bandwidth

export class VersionSwitch extends EventTarget {
  #mix = null;
  #order = [];
  #wish = 0;
  #fair = true;

  /** The id of the version that is heard from the mix, or "". */
  heard = "";
  alignments = new Alignments();
  /** Switch to the same bar; else to the same second. */
  sameBar = true;

  /** `versions` are what the page tells of them (player data). */
  constructor(versions) {
    super();
    this.versions = versions;
  }

  get fair() {
    return this.#fair;
  }

  set fair(fair) {
    this.#fair = fair;
    this.#level();
    this.#tell("change");
  }

  /** The mix carries what the player plays. */
  get isOn() {
    return Boolean(this.#mix) && player.sound?.mix === this.#mix;
  }

  /** The player has a version of this piece. */
  get isHere() {
    return this.versions.some(({ version_id: id }) => player.is(id));
  }

  /** Get the sound of a version around the present moment, before anybody chooses it. */
  prepare(version) {
    if (!this.isHere || !version?.playable) return;
    this.#voice(version)
      ?.ready(Math.round(this.placeIn(version) * RATE), 0)
      .catch(() => {});
  }

  /** The second of another version at which it has what is heard now. */
  placeIn(version) {
    return Math.max(0, this.#placing(version)(player.position));
  }

  /** Hear another version from this very moment on. Resolves to false where that cannot be. */
  async choose(version) {
    this.#wish += 1;
    const wish = this.#wish;
    if (!this.isHere || player.is(version.version_id)) return this.isHere;
    try {
      if (!(await start())) throw new Error("There is no audio graph here.");
      const isOn = this.isOn;
      const voice = this.#voice(version);
      await voice.ready(Math.round(this.placeIn(version) * RATE));
      if (wish !== this.#wish) return true;
      if (isOn && this.isOn) await this.#cross(version);
      else await this.#enter(version);
    } catch {
      if (wish !== this.#wish) return true;
      // This browser cannot decode it, or it cannot be had: the ordinary way, with a short gap.
      player.open(version, this.placeIn(version));
    }
    this.#tell("change");
    return true;
  }

  async #enter(version) {
    this.heard = version.version_id;
    this.#level();
    await takeOver(this.#face, this.#told(this.heard), this.#placing(version));
  }

  async #cross(version) {
    const place = this.#placing(version);
    const { position } = player;
    this.#mix.shift(version.version_id, Math.round((place(position) - position) * RATE));
    this.heard = version.version_id;
    this.#level();
    await carry(this.#face, this.#told(this.heard), { place });
  }

  /** A function: a second of what is heard now → of another version. */
  #placing({ version_id: to }) {
    if (!this.sameBar) return (seconds) => seconds;
    return this.alignments.placing(player.track.version_id, to);
  }

  get #face() {
    return new MixSound(this.#mix, () => this.#level());
  }

  #told(id) {
    const voice = this.#mix?.voice(id);
    const known = this.versions.find((one) => one.version_id === id);
    return { ...(voice?.chunkCache.signedUrls.track ?? known) };
  }

  /** The voice of a version, made if need be; the one that was not wanted longest goes. */
  #voice(version) {
    const { version_id: id } = version;
    if (!this.#mix || this.#mix.isClosed) {
      this.#mix = new Mix(engine());
      this.#order = [];
    }
    const mix = this.#mix;
    if (!mix.voice(id)) mix.add(id, new ChunkCache(new SignedUrls({ ...version })));
    this.#order = [...this.#order.filter((one) => one !== id), id];
    const spare = this.#order.find((one) => one !== this.heard && one !== id);
    if (this.#order.length > RUNNING && spare) {
      mix.drop(spare);
      this.#order = this.#order.filter((one) => one !== spare);
    }
    return mix.voice(id);
  }

  #level() {
    if (!this.#mix || this.#mix.isClosed) return;
    const how = { fair: this.#fair, normalises: settings.normalises };
    const levels = gains(this.alignments.levelled(this.versions), how);
    this.#mix.level(new Map([[this.heard, levels.get(this.heard)]]));
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
