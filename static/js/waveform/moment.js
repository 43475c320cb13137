// Moments and passages in addresses: `#t=12.3` and `#t=12.3,18.9`, as in W3C's Media Fragments.
// https://www.w3.org/TR/media-frags/#naming-time

const STAMP = "(?:(?:(\\d+):)?(\\d+):)?(\\d+(?:\\.\\d*)?)";
const FRAGMENT = new RegExp(`^t=(?:npt:)?(?:${STAMP})?(?:,${STAMP})?$`);

const seconds = (hours, minutes, rest) =>
  rest === undefined ? null : Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest);

/** "#t=12.3,18.9" → {from, to}; `to` is null for a moment. Null when there is no time in it. */
export function parseMoment(hash) {
  // A comma may come as %2C; nothing else of a time is ever escaped.
  const part = hash
    .replace(/^#/, "")
    .replaceAll(/%2c/gi, ",")
    .split("&")
    .map((each) => FRAGMENT.exec(each))
    .find(Boolean);
  if (!part) return null;
  const [, ...stamps] = part;
  const from = seconds(...stamps.slice(0, 3));
  const to = seconds(...stamps.slice(3));
  if (from === null && to === null) return null;
  if (to !== null && to <= (from ?? 0)) return null;
  return { from: from ?? 0, to };
}

const short = (value) => String(Number(value.toFixed(2)));

/** {from, to} → "#t=12.3,18.9". */
export function momentHash({ from, to = null }) {
  return `#t=${short(from)}${to === null ? "" : `,${short(to)}`}`;
}

/** Show a passage in the address bar, or none; nothing is loaded and no step back is added. */
export function showInAddress(range) {
  const { pathname, search, hash } = location;
  if (!range && !parseMoment(hash)) return;
  history.replaceState(history.state, "", pathname + search + (range ? momentHash(range) : ""));
}
