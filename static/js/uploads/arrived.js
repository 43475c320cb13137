// Whether the parts that have arrived are of this very file: a name, a size and a time prove little.

import { md5 } from "../../vendor/md5.js";

import { bytesOf } from "./reading.js";

const PIECE_BYTES = 1 << 20; // some milliseconds of work: the page stays quick
const IS_MD5 = /^"?([0-9a-f]{32})"?$/;

/** The parts of `plan` that arrived and hold the same bytes; `onProgress(bytes)` counts the reading. */
export async function sameParts(file, { parts = [], part_size: partSize }, signal, onProgress) {
  const same = [];
  let before = 0;
  for (const part of parts) {
    const from = (part.number - 1) * partSize;
    const slice = file.slice(from, from + partSize);
    const told = part.etag.match(IS_MD5)?.[1];
    const read = (count) => onProgress(before + count);
    // Some stores encrypt, and their ETag is no hash: then the part is sent once more.
    if (told && (await hashOf(slice, signal, read)) === told) same.push(part);
    before += slice.size;
  }
  return same;
}

async function hashOf(blob, signal, onProgress) {
  const hash = md5.create();
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    signal.throwIfAborted();
    hash.update(await bytesOf(blob.slice(at, at + PIECE_BYTES)));
    onProgress(Math.min(blob.size, at + PIECE_BYTES));
  }
  return hash.hex();
}
