// Loudness normalisation by the stored EBU R128 figures.

const TARGET_LUFS = -14;
const CEILING_DBTP = -1;

/**
 * The gain in dB that brings a piece to −14 LUFS. A quiet one is never lifted so far that its true
 * peak would pass −1 dBTP (ITU-R BS.1770-4), nor at all where the peak is unknown; what has no
 * loudness (silence, or not yet measured) stays as it is.
 */
export function normalisation({ loudness_lufs: loudness, true_peak_dbtp: peak }) {
  if (!Number.isFinite(loudness)) return 0;
  const wanted = TARGET_LUFS - loudness;
  if (wanted <= 0) return wanted;
  return Number.isFinite(peak) ? Math.max(0, Math.min(wanted, CEILING_DBTP - peak)) : 0;
}

/** Decibels as a factor. */
export const factor = (decibels) => 10 ** (decibels / 20);
