// One blind test: A, B and hidden X on one clock, equally loud. X comes from an address of its own
// and is already as loud as the quieter of the two, so nothing here knows which one it is.

import { api } from "../core/api.js";
import { SignedUrls } from "../core/signed-urls.js";
import { ChunkCache } from "../mixing/chunk-cache.js";
import { takeOver } from "../mixing/handover.js";
import { gains } from "../mixing/loudness-match.js";
import { Mix } from "../mixing/mix.js";
import { MixSound } from "../mixing/mix-sound.js";
import { engine, start } from "../playback/engine/context.js";
import { settings } from "../playback/engine/settings.js";
import { player } from "../playback/player.js";

const PASSAGE_S = 8;

/** A signed address that nobody renews: it outlives the trial. */
const fixed = (url) => ({
  track: { hls_url: url },
  signed: null,
  refresh: async () => {},
  rewrite: (address) => address,
});

export class BlindTest {
  #mix = null;
  #test = null;
  #trial = null;
  #before = null;

  /** Which of "a", "b" and "x" is heard. */
  heard = "a";
  trials = 0;
  correct = 0;

  /** `a` and `b` are versions as the page tells them (player data). */
  constructor({ track, token, a, b }) {
    this.track = track;
    this.token = token;
    this.a = a;
    this.b = b;
  }

  async begin() {
    const { a, b, token } = this;
    const pair = { version_a: a.version_id, version_b: b.version_id, token };
    const { trial, ...test } = await api("POST", `/tracks/${this.track}/blind-tests/`, pair);
    this.#test = test;
    this.#before = player.loop;
    if (!player.is(a.version_id)) await player.open(a, this.#place());
    else if (!player.wanted) await player.play();
    if (!(await start())) throw new Error("This browser cannot play a blind test.");
    this.#mix = new Mix(engine());
    this.#mix.add("a", new ChunkCache(new SignedUrls({ ...a })));
    this.#mix.add("b", new ChunkCache(new SignedUrls({ ...b })));
    this.#open(trial);
    this.#level();
    await takeOver(new MixSound(this.#mix, () => this.#level()), { ...player.track });
    if (!this.#before) player.setLoop(0, this.#end);
  }

  /** Hear one of them from this very moment on. */
  async hear(side) {
    this.heard = side;
    await this.#mix.voice(side).ready(Math.round(player.position * 48_000));
    if (this.heard !== side) return;
    this.#level();
    if (!player.wanted) player.play();
  }

  /** Say what X is. Resolves to whether that was right; the next X is drawn already. */
  async answer(side) {
    const body = { key: this.#test.key, trial: this.#trial.number, x: side };
    const told = await api("POST", `/blind-tests/${this.#test.id}/answers/`, body);
    this.trials += 1;
    this.correct += Number(told.right);
    if (this.heard === "x") this.heard = "a";
    this.#open(told.trial);
    this.#level();
    return told.right;
  }

  get isFull() {
    return this.#trial === null;
  }

  /** How it went so far. */
  score() {
    return api("GET", `/blind-tests/${this.#test.id}/?key=${this.#test.key}`);
  }

  finish(name) {
    return api("PUT", `/blind-tests/${this.#test.id}/`, { key: this.#test.key, name });
  }

  get repeats() {
    return player.loop !== null && player.loop.to - player.loop.from < this.#end - 1;
  }

  /** Repeat a few seconds from here, or go on through the whole piece. */
  repeat(wanted) {
    const from = Math.max(0, Math.min(player.position, this.#end - PASSAGE_S));
    if (wanted) player.setLoop(from, Math.min(this.#end, from + PASSAGE_S));
    else player.setLoop(0, this.#end);
  }

  /** Put everything back as it was. */
  async leave() {
    if (!this.#mix) return;
    if (player.sound?.mix === this.#mix) {
      await player.install(null);
      if (this.#before) player.setLoop(this.#before.from, this.#before.to);
      else player.clearLoop();
    } else this.#mix.detach();
  }

  get #end() {
    return Math.min(this.a.duration_ms, this.b.duration_ms) / 1000;
  }

  #place() {
    return player.is(this.b.version_id) ? player.position : 0;
  }

  #open(trial) {
    this.#mix.drop("x");
    this.#trial = trial;
    if (!trial) return;
    const voice = this.#mix.add("x", new ChunkCache(fixed(trial.hls_url)));
    voice.ready(Math.round(player.position * 48_000)).catch(() => {});
  }

  #level() {
    const { normalises } = settings;
    const levels = gains([this.a, this.b], { fair: true, normalises });
    const a = levels.get(this.a.version_id);
    const b = levels.get(this.b.version_id);
    this.#mix.level(new Map([[this.heard, { a, b, x: Math.max(a, b) }[this.heard]]]));
  }
}
