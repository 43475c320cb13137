// Another version, or a page brought up to date, puts a new element in the old one's place: what was
// looked at and marked there goes on in the new one.

const HELD_MS = 3000;

let left = null;

/** Leave what `wave` shows and holds for the element that takes its place. */
export function leave({ view, passage, track }) {
  const { start, span, isWhole } = view;
  const { range, waiting } = passage;
  left = { url: track.url, when: performance.now(), range, waiting, start, span, isWhole };
}

/** What an element of the same piece left a moment ago, or null. */
export function take(track) {
  const found = left;
  left = null;
  const fits = found?.url === track.url && performance.now() - found.when < HELD_MS;
  return fits ? found : null;
}
