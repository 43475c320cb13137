// Gets peaks from the server: audiowaveform's .dat files, by ranges of bytes, at three scales.
// https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md

import { SignedUrls } from "../core/signed-urls.js";

const HEAD_BYTES = 24;
const PIXEL_BYTES = 2;

export class Store {
  constructor(track) {
    this.signedUrls = new SignedUrls({ ...track });
  }

  /** The figures of the header: {rate: Hz, length: pixels}; null where a piece has no such files. */
  async head(scale) {
    const answer = await this.#fetch(`peaks/${scale}.dat`, 0, HEAD_BYTES);
    if (answer.status === 404) return null;
    const words = new DataView(await bytesOf(answer));
    return { rate: words.getInt32(8, true), length: words.getUint32(16, true) };
  }

  /** Pairs of minimum and maximum of the pixels `from` up to, not including, `to`. */
  async pixels(scale, from, to) {
    const [first, last] = [from, to].map((pixel) => HEAD_BYTES + pixel * PIXEL_BYTES);
    const answer = await this.#fetch(`peaks/${scale}.dat`, first, last);
    const data = await bytesOf(answer);
    // A server may send the whole instead of a part (RFC 9110, 14.2).
    return new Int8Array(answer.status === 200 ? data.slice(first, last) : data);
  }

  /** The whole JSON, which pieces have that were processed before there were such files. */
  async json() {
    const answer = await this.#fetch("waveform.json");
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { sample_rate: rate, samples_per_pixel: scale, data } = await answer.json();
    return { rate, scale, data: Int8Array.from(data) };
  }

  async #fetch(path, from = null, to = null) {
    const headers = from === null ? {} : { Range: `bytes=${from}-${to - 1}` };
    await this.signedUrls.refresh();
    const answer = await fetch(this.#address(path), { headers });
    if (answer.status !== 403) return answer;
    await this.signedUrls.refresh({ refused: true });
    return fetch(this.#address(path), { headers });
  }

  #address(path) {
    const { waveform_url: known } = this.signedUrls.track;
    if (!known) throw new Error("There are no peaks yet.");
    return this.signedUrls.rewrite(new URL(path, new URL(known, location.href)).href);
  }
}

async function bytesOf(answer) {
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.arrayBuffer();
}
