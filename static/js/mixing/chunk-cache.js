// One piece as decoded chunks, cut exactly where its segments are. Only a few are kept.
// Sample positions count from the first sample of the music, at 48 kHz.
//
// A segment is decoded together with the last fragment before it: an Opus decoder that starts cold
// needs about 80 ms to be right, and its first PreSkip samples never come out at all.

import { beginsAt, join, lastFragment, preSkip } from "./boxes.js";
import { get } from "./fetching.js";

export const RATE = 48_000;
const KEPT_SEGMENTS = 8;
export const GROWS_MS = 1500;

const decoder = () => new OfflineAudioContext({ numberOfChannels: 2, length: 1, sampleRate: RATE });

/** Events: "grown" (more is known of it). */
export class ChunkCache extends EventTarget {
  #chunks = new Map();
  #segments = new Map();
  #opening = null;
  #ending = new AbortController();
  #read = 0;

  /** First sample of each segment; the last entry is where the known part ends. */
  starts = [0];
  isWhole = false;

  /** `signedUrls` knows the signed directory; `kept` is how many decoded chunks stay in memory. */
  constructor(signedUrls, { kept = 5, folder = "opus" } = {}) {
    super();
    this.signedUrls = signedUrls;
    this.kept = kept;
    this.folder = folder;
  }

  /** Samples known so far. */
  get length() {
    return this.starts.at(-1);
  }

  /** Read the playlist and the header, once. */
  open() {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  close() {
    this.#ending.abort();
    this.#chunks.clear();
    this.#segments.clear();
  }

  /** Which chunk holds this sample; −1 behind the known part. */
  at(sample) {
    if (sample >= this.length) return -1;
    let k = 0;
    while (this.starts[k + 1] <= sample) k += 1;
    return k;
  }

  /** The chunk if it is decoded: {buffer, head, from, to}; `head` samples lead in to it. */
  peek(k) {
    const held = this.#chunks.get(k);
    if (!held?.chunk) return null;
    this.#chunks.delete(k);
    this.#chunks.set(k, held);
    return held.chunk;
  }

  /** Fetch and decode a chunk; calls made meanwhile share the work. */
  load(k) {
    const held = this.#chunks.get(k);
    if (held) return held.loading;
    const entry = { chunk: null };
    entry.loading = this.#decode(k).then(
      (chunk) => {
        entry.chunk = chunk;
        return chunk;
      },
      (error) => {
        this.#chunks.delete(k);
        throw error;
      },
    );
    this.#chunks.set(k, entry);
    while (this.#chunks.size > this.kept) this.#chunks.delete(this.#chunks.keys().next().value);
    return entry.loading;
  }

  /** Ask again for a playlist that still grows, at most so often. */
  async grow() {
    await this.open();
    if (this.isWhole || Date.now() - this.#read < GROWS_MS) return;
    await this.#list();
    this.dispatchEvent(new Event("grown"));
  }

  async #open() {
    await this.signedUrls.refresh();
    const { hls_url: master } = this.signedUrls.track;
    if (!master) throw new Error("This piece is still being prepared.");
    this.base = new URL(`${this.folder}/`, new URL(master, location.href)).href;
    this.attempt = this.signedUrls.signed?.attempt;
    const [header] = await Promise.all([this.#bytes("init.mp4"), this.#list()]);
    this.header = header;
    this.skip = preSkip(header);
  }

  async #list() {
    this.#read = Date.now();
    const text = await (
      await get(`${this.base}playlist.m3u8`, this.signedUrls, this.#signal)
    ).text();
    let seconds = 0;
    this.starts = [0];
    for (const [, length] of text.matchAll(/^#EXTINF:([\d.]+)/gm)) {
      seconds += Number(length);
      this.starts.push(Math.round(seconds * RATE));
    }
    this.isWhole = text.includes("#EXT-X-ENDLIST");
  }

  get #signal() {
    return this.#ending.signal;
  }

  async #bytes(name) {
    const response = await get(this.base + name, this.signedUrls, this.#signal);
    return new Uint8Array(await response.arrayBuffer());
  }

  #segment(k) {
    if (!this.#segments.has(k)) {
      const loading = this.#bytes(`segment_${String(k).padStart(3, "0")}.m4s`);
      loading.catch(() => this.#segments.delete(k));
      this.#segments.set(k, loading);
      if (this.#segments.size > KEPT_SEGMENTS) {
        this.#segments.delete(this.#segments.keys().next().value);
      }
    }
    return this.#segments.get(k);
  }

  /** Decode; where another attempt was published meanwhile, from there. */
  async #decode(k) {
    await this.open();
    try {
      return await this.#decoded(k);
    } catch (error) {
      if (this.signedUrls.signed?.attempt === this.attempt || this.#signal.aborted) throw error;
      this.#segments.clear();
      this.#opening = null;
      await this.open();
      return this.#decoded(k);
    }
  }

  async #decoded(k) {
    const [before, segment] = await Promise.all([
      k ? this.#segment(k - 1) : null,
      this.#segment(k),
    ]);
    const lead = before ? lastFragment(before) : new Uint8Array();
    const bytes = join([this.header, lead, segment]);
    const buffer = await decoder().decodeAudioData(bytes.buffer);
    const head = before ? beginsAt(segment) - beginsAt(lead) - this.skip : 0;
    return { buffer, head, from: this.starts[k], to: this.starts[k + 1] };
  }
}
