// Where each moment of one version of a piece is in another, as the server has measured it.

import { api } from "../core/api.js";
import { RATE } from "./chunk-cache.js";

const TAIL_MS = 1000;

const turned = (passages) =>
  passages.map(([start, end, offset]) => [start + offset, end + offset, -offset]);

/** `seconds` of the one version in the other; the nearest moment where that is not in it. */
export function placed(passages, seconds) {
  const at = seconds * 1000;
  let before = null;
  for (const passage of passages) {
    const [start, end, offset] = passage;
    if (at < start) return before ? lateIn(before) : (start + offset) / 1000;
    if (at < end) return seconds + offset / 1000;
    before = passage;
  }
  if (!before) return seconds;
  // The very end has no words of its own; what is longer behind it is not in the other one.
  return at - before[1] < TAIL_MS ? seconds + before[2] / 1000 : lateIn(before);
}

const lateIn = ([, end, offset]) => (end + offset) / 1000;

export class Alignments {
  #rows = [];

  /** True where any two versions have the same bar at another second. */
  get isMoved() {
    return this.#rows.some(({ passages }) => passages.some(([, , offset]) => offset));
  }

  /** Ask the server; where it does not answer, every moment stays at its second. */
  async load(track, token) {
    const query = token ? `?token=${encodeURIComponent(token)}` : "";
    const answer = await api("GET", `/tracks/${track}/alignments/${query}`).catch(() => null);
    this.#rows = answer?.results ?? [];
  }

  /** [start, end, offset] in ms, from one version (an id) to the other; none: the same seconds. */
  passages(from, to) {
    for (const { older, newer, passages } of this.#rows) {
      if (older === from && newer === to) return passages;
      if (older === to && newer === from) return turned(passages);
    }
    return [];
  }

  /** A function: a second of one version → of the other, a whole number of samples apart. */
  placing(from, to) {
    const passages = this.passages(from, to);
    return (seconds) => seconds + Math.round((placed(passages, seconds) - seconds) * RATE) / RATE;
  }

  /** The versions with their loudness where they share their bars with the first of them. */
  levelled(versions) {
    const [first, ...others] = versions;
    if (!first) return [];
    return [first, ...others.map((one) => this.#levelledTo(first, one))];
  }

  #levelledTo(first, one) {
    const pair = [first.version_id, one.version_id];
    const row = this.#rows.find(({ older, newer }) => pair.includes(older) && pair.includes(newer));
    const known = [row?.older_lufs, row?.newer_lufs, first.loudness_lufs].every(Number.isFinite);
    if (!known) return one;
    const louder = row.newer_lufs - row.older_lufs;
    const change = row.newer === one.version_id ? louder : -louder;
    return { ...one, loudness_lufs: first.loudness_lufs + change };
  }
}
