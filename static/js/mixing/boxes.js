// Just enough of ISO 14496-12 to decode a fragmented MP4 piece by piece.

const name = (view, at) =>
  String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));

function* boxesOf(view, from = 0, to = view.byteLength) {
  for (let at = from; at + 8 <= to; ) {
    const size = view.getUint32(at);
    if (size < 8) return;
    yield { kind: name(view, at), at, body: at + 8, end: Math.min(to, at + size) };
    at += size;
  }
}

function find(view, path, from = 0, to = view.byteLength) {
  const [kind, ...rest] = path;
  for (const box of boxesOf(view, from, to)) {
    if (box.kind === kind) return rest.length ? find(view, rest, box.body, box.end) : box;
  }
  return null;
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The media time, in samples, at which these fragments begin (tfdt of the first). */
export function beginsAt(bytes) {
  const view = viewOf(bytes);
  const box = find(view, ["moof", "traf", "tfdt"]);
  if (!box) throw new Error("This piece of sound has no time in it.");
  return view.getUint8(box.body) === 1
    ? Number(view.getBigUint64(box.body + 4))
    : view.getUint32(box.body + 4);
}

/** The last fragment (moof and mdat) of a segment. */
export function lastFragment(bytes) {
  let last = 0;
  for (const { kind, at } of boxesOf(viewOf(bytes))) if (kind === "moof") last = at;
  return bytes.subarray(last);
}

/** Samples that every decoder leaves out at the front: PreSkip of the Opus box (RFC 7845). */
export function preSkip(init) {
  for (let at = 0; at + 8 < init.length; at += 1) {
    const isOpus =
      init[at] === 0x64 && init[at + 1] === 0x4f && init[at + 2] === 0x70 && init[at + 3] === 0x73;
    if (isOpus) return (init[at + 6] << 8) | init[at + 7];
  }
  return 0;
}

/** Several runs of bytes as one. */
export function join(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
