// How peaks look: rounded bars from afar, the sound's own outline from close by.

const CLOSE = 0.02; // seconds per CSS pixel below which the outline is drawn
const LIFT = 0.8; // music is heard in decibels, not in amplitudes: quiet passages are raised a little

/** Bars or outline, and the seconds that one mark of it stands for. */
export function manner(view, width) {
  const pixel = view.span / Math.max(1, width);
  const bar = width < 520 ? { width: 2, gap: 1.5 } : { width: 3, gap: 2 };
  if (pixel < CLOSE) return { step: pixel / devicePixelRatio, bar: null };
  return { step: pixel * (bar.width + bar.gap), bar };
}

function lifted(value, loudest) {
  return Math.sign(value) * Math.min(1, Math.abs(value) / loudest) ** LIFT;
}

function bars(peaks, view, { width, height, ratio }, { step, bar }) {
  const path = new Path2D();
  const pixels = (width * ratio) / view.span;
  const thick = Math.max(1, Math.round(bar.width * ratio));
  // On a grid in time, so that bars do not flicker while the picture moves.
  for (let n = Math.floor(view.start / step); n * step < view.end; n++) {
    if (n * step >= view.duration) break;
    peaks.measure(n * step, (n + 1) * step, step);
    const peak = lifted(Math.max(peaks.high, -peaks.low), peaks.loudest);
    const tall = Math.max(2 * ratio, peak * height * ratio);
    const left = Math.round((n * step - view.start) * pixels);
    path.roundRect(left, (height * ratio - tall) / 2, thick, tall, thick / 2);
  }
  return path;
}

function outline(peaks, view, { width, height, ratio }, { step }) {
  const path = new Path2D();
  const middle = (height * ratio) / 2;
  const thin = ratio / 2;
  const lows = [];
  const columns = Math.round(width * ratio);
  for (let column = 0; column <= columns; column++) {
    const from = view.start + column * step;
    peaks.measure(from, from + step, step);
    const top = Math.min(middle - lifted(peaks.high, peaks.loudest) * middle, middle - thin);
    path.lineTo(column, top);
    lows.push(Math.max(middle - lifted(peaks.low, peaks.loudest) * middle, middle + thin));
  }
  for (let column = columns; column >= 0; column--) path.lineTo(column, lows[column]);
  path.closePath();
  return path;
}

/** Lay the loop's colour under the waveform. */
function wash(context, view, { width, height, ratio }, range, colour) {
  const [from, to] = [range.from, range.to].map((at) => view.fraction(at) * width * ratio);
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fillRect(from, 0, to - from, height * ratio);
  context.globalAlpha = 1;
}

/** Draw what `view` shows; `size` is {width, height} in CSS pixels and the screen's `ratio`. */
export function paint(context, peaks, view, size, { played, range, colours, line }) {
  const { width, height, ratio } = size;
  const way = manner(view, width);
  const path = (way.bar ? bars : outline)(peaks, view, size, way);
  const edge = Math.min(1, Math.max(0, view.fraction(played))) * width * ratio;
  context.clearRect(0, 0, width * ratio, height * ratio);
  if (range) wash(context, view, size, range, colours.played);
  context.fillStyle = colours.ahead;
  context.fill(path);
  if (edge <= 0) return;
  context.save();
  context.beginPath();
  context.rect(0, 0, edge, height * ratio);
  context.clip();
  context.fillStyle = colours.played;
  context.fill(path);
  context.restore();
  context.fillStyle = colours.played;
  if (line && view.has(played)) context.fillRect(edge - ratio, 0, 2 * ratio, height * ratio);
}
