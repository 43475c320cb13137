// Three colours of a cover: a dark ground, its strongest tint, and a light.

const SIDE = 24;
const HOUSE = [0.82, 0.27, 0.17];

const hexToRgb = (hex) =>
  /^[0-9a-f]{6}$/.test(hex ?? "")
    ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    : HOUSE;
const mix = (a, b, share) => a.map((value, index) => value + (b[index] - value) * share);
const chroma = (rgb) => Math.max(...rgb) - Math.min(...rgb);

function around(tint) {
  return {
    ground: mix(tint, [0.03, 0.025, 0.02], 0.9),
    tint,
    light: mix(tint, [1, 0.97, 0.92], 0.72),
  };
}

async function pixelsOf(address) {
  const image = new Image(SIDE, SIDE);
  image.crossOrigin = "anonymous";
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, SIDE, SIDE);
  return pen.getImageData(0, 0, SIDE, SIDE).data;
}

/** Colours for a track; a cover that cannot be read leaves its accent. Never rejects. */
export async function paletteOf(track) {
  const accent = hexToRgb(track?.accent);
  if (!track?.cover_thumb) return around(accent);
  try {
    const data = await pixelsOf(track.cover_thumb);
    let tint = accent;
    let best = 0;
    for (let at = 0; at < data.length; at += 4) {
      const rgb = [data[at], data[at + 1], data[at + 2]].map((value) => value / 255);
      const worth = chroma(rgb) * (1 - Math.abs(Math.max(...rgb) - 0.7));
      if (worth > best) [best, tint] = [worth, rgb];
    }
    return around(best > 0.12 ? mix(tint, accent, 0.35) : accent);
  } catch {
    return around(accent);
  }
}
