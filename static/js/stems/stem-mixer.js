// The stems of one version, together on one clock in place of the version itself. Solo, mute and
// level of each are kept for as long as the page lives.
// Event: "change" (a setting, or what sounds).

import { SignedUrls } from "../core/signed-urls.js";
import { ChunkCache } from "../mixing/chunk-cache.js";
import { takeOver } from "../mixing/handover.js";
import { Mix } from "../mixing/mix.js";
import { MixSound } from "../mixing/mix-sound.js";
import { engine, start } from "../playback/engine/context.js";
import { factor, normalisation } from "../playback/engine/loudness.js";
import { settings } from "../playback/engine/settings.js";
import { player } from "../playback/player.js";

export const SILENT_DB = -60;
const MANY = 4; // from here on fewer decoded chunks of each are kept

const kept = new Map();

export class StemMix extends EventTarget {
  #mix = null;

  /** `stems` as the API tells them; `path(id)` is where one tells its state. */
  constructor(stems, path) {
    super();
    this.stems = stems;
    this.path = path;
    for (const { id } of stems) {
      if (!kept.has(id)) kept.set(id, { solo: false, mute: false, level: 0 });
    }
  }

  /** {solo, mute, level (dB)} of a stem. */
  setting(id) {
    return kept.get(id);
  }

  set(id, name, value) {
    kept.get(id)[name] = value;
    this.#level();
    this.dispatchEvent(new Event("change"));
  }

  /** The player plays the stems. */
  get isOn() {
    return Boolean(this.#mix) && player.sound?.mix === this.#mix;
  }

  /** True for a stem that is heard under the present settings. */
  isHeard(id) {
    const { solo, mute, level } = kept.get(id);
    const alone = this.stems.some((stem) => kept.get(stem.id).solo);
    return !mute && (solo || !alone) && level > SILENT_DB;
  }

  /** Hear the stems of `track` from the present moment on. Rejects when they cannot be had. */
  async enter(track) {
    if (!player.is(track.version_id)) await player.open(track);
    if (!(await start())) throw new Error("This browser cannot play stems.");
    this.#make();
    this.#level();
    await takeOver(new MixSound(this.#mix, () => this.#level()), { ...player.track });
    this.dispatchEvent(new Event("change"));
  }

  /** Hear the version itself again. */
  async leave() {
    if (this.isOn) await player.install(null);
    this.dispatchEvent(new Event("change"));
  }

  #make() {
    if (this.#mix && !this.#mix.isClosed) return;
    this.#mix = new Mix(engine());
    for (const stem of this.stems.filter(({ playable }) => playable)) {
      const told = { ...stem, version_id: stem.id, state_path: this.path(stem.id) };
      this.#mix.add(
        stem.id,
        new ChunkCache(new SignedUrls(told), { kept: this.stems.length > MANY ? 4 : 5 }),
      );
    }
  }

  #level() {
    if (!this.#mix || this.#mix.isClosed) return;
    const lift = settings.normalises && player.track ? normalisation(player.track) : 0;
    const heard = this.stems.filter(({ id }) => this.isHeard(id));
    this.#mix.level(new Map(heard.map(({ id }) => [id, factor(kept.get(id).level + lift)])));
  }
}
