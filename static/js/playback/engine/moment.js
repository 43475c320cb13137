// Doing something at a moment of what plays, to within a few milliseconds. `timeupdate` comes four
// times a second only, so the last stretch is watched by a timer.

const NEAR_SECONDS = 0.3;
const SLACK_SECONDS = 0.12;
const TICK_MS = 2;
const LATENESS_SECONDS = 0.4;

/**
 * Call `action` once when `voice` is `early` seconds before `moment` (seconds of the piece). A jump
 * past the moment does not count, unless `always`. Returns a function that ends the watch.
 */
export function when(voice, moment, action, { early = 0, always = false } = {}) {
  let timer = 0;
  const watching = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    watching.abort();
  };
  const look = () => {
    clearTimeout(timer);
    if (watching.signal.aborted || voice.paused) return;
    const left = (moment - voice.position) / (voice.rate || 1) - early;
    if (left > NEAR_SECONDS) timer = setTimeout(look, (left - SLACK_SECONDS) * 1000);
    else if (left > 0) timer = setTimeout(look, TICK_MS);
    else if (always || left > -LATENESS_SECONDS) {
      stop();
      action();
    }
  };
  for (const name of ["time", "change"]) {
    voice.addEventListener(name, look, { signal: watching.signal });
  }
  look();
  return stop;
}
