// The full waveform (audiowaveform version 2 JSON) brought down to an overview.

const BUCKETS = 1000;

/** Fetch a waveform; resolves to 1,000 pairs of minimum and maximum, −128…127. */
export async function loadPeaks(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error("The waveform could not be loaded.");
  const { data, length } = await response.json();
  const overview = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const from = Math.floor((bucket * length) / BUCKETS);
    const to = Math.max(from + 1, Math.floor(((bucket + 1) * length) / BUCKETS));
    let low = 0;
    let high = 0;
    for (let pixel = from; pixel < to && pixel < length; pixel += 1) {
      low = Math.min(low, data[2 * pixel]);
      high = Math.max(high, data[2 * pixel + 1]);
    }
    overview.push(low, high);
  }
  return overview;
}
