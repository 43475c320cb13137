// The outline of a piece for a small drawing: loudness from 0 to 1, a thousand times or so.

import { api } from "../core/api.js";
import { versionPath } from "../core/signed-urls.js";

const BUCKETS = 1000;
const kept = { id: "", peaks: [] };

/** From the page that told of the track, or else from its waveform. */
export async function peaksOf(track) {
  if (kept.id === track.version_id) return kept.peaks;
  const peaks = track.overview?.length ? pairs(track.overview) : await fetched(track);
  Object.assign(kept, { id: track.version_id, peaks });
  return peaks;
}

function pairs(values) {
  const peaks = [];
  for (let at = 0; at + 1 < values.length; at += 2) {
    peaks.push(Math.max(-values[at], values[at + 1]) / 128);
  }
  return peaks;
}

async function fetched(track) {
  const url = track.waveform_url ?? (await api("GET", versionPath(track))).waveform_url;
  if (!url) return [];
  const { data } = await (await fetch(url)).json();
  const all = pairs(data);
  const step = Math.max(1, all.length / BUCKETS);
  return Array.from({ length: Math.min(BUCKETS, all.length) }, (_, bucket) =>
    Math.max(...all.slice(Math.floor(bucket * step), Math.ceil((bucket + 1) * step))),
  );
}
