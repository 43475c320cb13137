// The waveform's keys, while it has the focus.

const ARROWS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const PAGES = { PageUp: 30, PageDown: -30 };
const ARROW_SECONDS = 5;
const ZOOM = { "+": 2, "=": 2, "-": 0.5, _: 0.5 };

/** How far a key goes: five seconds, or a tenth of what is shown where that is less. */
function step(key, view) {
  if (key in PAGES) return PAGES[key];
  return ARROWS[key] * (view.isWhole ? ARROW_SECONDS : Math.min(ARROW_SECONDS, view.span / 10));
}

/** `hands`: {position(), seek(s), zoom(factor), whole(), pan(screens), mark(edge), clear()}. */
export function connectKeys(slider, view, hands, signal) {
  const action = ({ key, shiftKey }) => {
    if (key in ZOOM) return () => hands.zoom(ZOOM[key]);
    if (key === "0") return () => hands.whole();
    if (key === "Escape") return hands.clear;
    if (/^[io]$/i.test(key)) return () => hands.mark(key.toLowerCase() === "i" ? "from" : "to");
    if (shiftKey && key in ARROWS) return () => hands.pan(ARROWS[key] / 2);
    if (key === "Home") return () => hands.seek(0);
    if (key === "End") return () => hands.seek(view.duration);
    const by = step(key, view);
    return Number.isFinite(by) ? () => hands.seek(hands.position() + by) : null;
  };
  slider.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const found = action(event);
      if (!found || found() === false) return;
      event.preventDefault();
    },
    { signal },
  );
}
