// How loud each of several versions is to be, so that none wins by being louder.

import { factor, normalisation } from "../playback/engine/loudness.js";

/** Decibels that bring a version down to the quietest one; never up, so that nothing clips. */
export function matching(versions) {
  const known = versions.map(({ loudness_lufs: loudness }) => loudness).filter(Number.isFinite);
  const quietest = Math.min(...known);
  return new Map(
    versions.map(({ version_id: id, loudness_lufs: loudness }) => [
      id,
      Number.isFinite(loudness) ? quietest - loudness : 0,
    ]),
  );
}

/**
 * The gain of each version, by id. `fair` makes all as loud as the quietest (EBU R128 integrated
 * loudness); `normalises` moves them together towards −14 LUFS, as far as the loudest peak allows.
 */
export function gains(versions, { fair, normalises }) {
  const down = fair ? matching(versions) : new Map();
  const common = normalises ? Math.min(...versions.map((one) => lift(one, down))) : 0;
  return new Map(versions.map(({ version_id: id }) => [id, factor((down.get(id) ?? 0) + common)]));
}

function lift({ version_id: id, loudness_lufs: loudness, true_peak_dbtp: peak }, down) {
  const decibels = down.get(id) ?? 0;
  if (!Number.isFinite(loudness)) return 0;
  return normalisation({ loudness_lufs: loudness + decibels, true_peak_dbtp: peak + decibels });
}
