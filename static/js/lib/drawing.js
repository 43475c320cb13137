// wavesurfer as a drawing: our peaks in, no media. Colours come from the host's CSS: `color` for
// what is to come, `outline-color` for what was played.

// Part of wavesurfer's constant style sheet, whose hash the page's policy allows: never change it
// alone. The real height is set afterwards.
const STYLE_HEIGHT = 128;

let loading = null;

function load() {
  loading ??= import("../../vendor/wavesurfer.js").then((module) => module.default);
  return loading;
}

/** Pairs of minimum and maximum, −128…127, as one row of heights from 0 to 1. */
function heights(overview) {
  const rows = [];
  for (let at = 0; at < overview.length; at += 2) {
    rows.push(Math.max(Math.abs(overview[at]), Math.abs(overview[at + 1])) / 128);
  }
  const loudest = Math.max(...rows, 0.02);
  // A little lift for quiet passages: music is heard in decibels, not in amplitudes.
  return rows.map((height) => (height / loudest) ** 0.8);
}

function look(host) {
  const style = getComputedStyle(host);
  const narrow = host.clientWidth < 520;
  return {
    height: host.clientHeight || STYLE_HEIGHT,
    waveColor: style.color,
    progressColor: style.outlineColor,
    barWidth: narrow ? 2 : 3,
    barGap: narrow ? 1.5 : 2,
    barRadius: 3,
    barMinHeight: 2,
  };
}

/** Draw into `host`; resolves to {show(seconds), destroy()}. */
export async function drawPeaks(host, overview, duration) {
  const WaveSurfer = await load();
  host.replaceChildren();
  const wave = WaveSurfer.create({
    container: host,
    peaks: [heights(overview)],
    duration: Math.max(duration, 0.01),
    cursorWidth: 0,
    interact: false,
    hideScrollbar: true,
    ...look(host),
    height: STYLE_HEIGHT,
  });
  await new Promise((resolve) => wave.once("ready", resolve));
  const repaint = () => wave.setOptions(look(host));
  repaint();
  // The theme or the cover's accent changed: both arrive as a transition of a colour.
  host.addEventListener("transitionend", repaint);
  const sizes = new ResizeObserver(repaint);
  sizes.observe(host);
  return {
    show: (seconds) => wave.setTime(Math.min(seconds, duration)),
    destroy: () => {
      host.removeEventListener("transitionend", repaint);
      sizes.disconnect();
      wave.destroy();
    },
  };
}
