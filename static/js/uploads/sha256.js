// SHA-256 (FIPS 180-4) of a file of any size, piece by piece. The browser's own `crypto.subtle`
// takes a whole file at once, and is missing on plain http, where a house's own network runs.

import { bytesOf } from "./reading.js";

const PIECE_BYTES = 1 << 20; // some milliseconds of work: the page stays quick
const BLOCK = 64;

// The first 32 bits of the fractional parts of the roots of the first primes (section 4.2.2).
const primes = [];
for (let n = 2; primes.length < 64; n += 1) {
  if (primes.every((prime) => n % prime)) primes.push(n);
}
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const BEGIN = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const W = new Int32Array(64);

function compress(state, view, at) {
  for (let t = 0; t < 16; t += 1) W[t] = view.getInt32(at + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const x = W[t - 15];
    const y = W[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (s1 + W[t - 7] + s0 + W[t - 16]) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function absorb(state, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += BLOCK) compress(state, view, at);
}

/** The end of the message: a one, zeros, and its length in bits (section 5.1.1). */
function padded(rest, size) {
  const length = Math.ceil((rest.byteLength + 9) / BLOCK) * BLOCK;
  const bytes = new Uint8Array(length);
  bytes.set(rest);
  bytes[rest.byteLength] = 0x80;
  new DataView(bytes.buffer).setBigUint64(length - 8, BigInt(size) * 8n);
  return bytes;
}

/** The hash of a Blob as hex; `onProgress(bytes)` is told how much was read. */
export async function sha256(blob, { signal, onProgress = () => {} } = {}) {
  const state = Int32Array.from(BEGIN);
  const whole = blob.size - (blob.size % BLOCK);
  for (let at = 0; at < whole; at += PIECE_BYTES) {
    const end = Math.min(whole, at + PIECE_BYTES);
    absorb(state, await bytesOf(blob.slice(at, end)));
    signal?.throwIfAborted();
    onProgress(end);
  }
  absorb(state, padded(await bytesOf(blob.slice(whole)), blob.size));
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
