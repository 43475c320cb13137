// One blind test: A, B and hidden X on one clock, equally loud. X comes from an address of its own
// and is already as loud as the quieter of the two, so nothing here knows which one it is.

import { api } from "../core/api.js";
import { SignedUrls } from "../core/signed-urls.js";
import { ChunkCache, RATE } from "../mixing/chunk-cache.js";
import { takeOver } from "../mixing/handover.js";
import { gains } from "../mixing/loudness-match.js";
import { Mix } from "../mixing/mix.js";
import { MixSound } from "../mixing/mix-sound.js";
import { engine, start } from "../playback/engine/context.js";
import { settings } from "../playback/engine/settings.js";
import { player } from "../playback/player.js";
import { fixed, Pair } from "./pair.js";

const PASSAGE_S = 8;

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
  constructor({ track, token, a, b, sameBar = true }) {
    this.track = track;
    this.token = token;
    this.a = a;
    this.b = b;
    this.sameBar = sameBar;
    this.pair = new Pair(a, b);
  }

  async begin() {
    const { a, b, token } = this;
    const pair = { version_a: a.version_id, version_b: b.version_id, token };
    const { trial, ...test } = await api("POST", `/tracks/${this.track}/blind-tests/`, pair);
    this.#test = test;
    this.#before = player.loop;
    if (this.sameBar) this.pair.align(test.passages, this.#place);
    if (!player.is(a.version_id)) await player.open(a, this.#place);
    else if (!player.wanted) await player.play();
    const { from, to } = this.pair.whole;
    if (player.position < from || player.position > to) player.seek(from);
    if (!(await start())) throw new Error("This browser cannot play a blind test.");
    this.#mix = new Mix(engine());
    this.#mix.add("a", new ChunkCache(new SignedUrls({ ...a })));
    this.#mix.add("b", new ChunkCache(new SignedUrls({ ...b })));
    // Times are told in those of A, whatever is heard: they would give X away.
    this.#mix.lead = "a";
    this.#open(trial);
    this.#level();
    await takeOver(new MixSound(this.#mix, () => this.#level()), { ...player.track });
    if (!this.#before) player.setLoop(from, to);
  }

  /** Hear one of them from this very moment on. */
  async hear(side) {
    this.heard = side;
    await this.#mix.voice(side).ready(this.#sampleIn(side));
    if (this.heard !== side) return;
    this.#mix.shift(side, this.pair.later(side));
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
    const { from, to } = this.pair.whole;
    return player.loop !== null && player.loop.to - player.loop.from < to - from - 1;
  }

  /** Repeat a few seconds from here, or go on through all that both have. */
  repeat(wanted) {
    const { from, to } = this.pair.whole;
    const begin = Math.max(from, Math.min(player.position, to - PASSAGE_S));
    if (wanted) player.setLoop(begin, Math.min(to, begin + PASSAGE_S));
    else player.setLoop(from, to);
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

  get #place() {
    if (player.is(this.b.version_id)) return this.pair.fromB(player.position);
    return player.is(this.a.version_id) ? player.position : 0;
  }

  /** The present sample in that side. */
  #sampleIn(side) {
    return Math.round(player.position * RATE) + this.pair.later(side);
  }

  #open(trial) {
    this.#mix.drop("x");
    this.#trial = trial;
    if (!trial) return;
    this.pair.hide(this.sameBar ? trial.passages : []);
    const voice = this.#mix.add("x", new ChunkCache(fixed(trial.hls_url)));
    voice.ready(this.#sampleIn("x")).catch(() => {});
  }

  #level() {
    const { normalises } = settings;
    const { loudness } = this.#test;
    const pair = ["a", "b"].map((side) => ({ ...this[side], loudness_lufs: loudness[side] }));
    const levels = gains(pair, { fair: true, normalises });
    const a = levels.get(this.a.version_id);
    const b = levels.get(this.b.version_id);
    this.#mix.level(new Map([[this.heard, { a, b, x: Math.max(a, b) }[this.heard]]]));
  }
}
