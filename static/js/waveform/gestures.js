// Hands on the waveform. A press goes to a moment. A drag scrubs while the whole piece is shown and
// moves the picture while a part is; with Shift it marks a passage. Two fingers zoom.
// Wheel: with Ctrl or ⌘ (a pinch on a touchpad) it zooms, sideways or with Shift it moves, and plain
// it zooms only where the waveform was pressed or focused before: the page scrolls on otherwise.

const SLACK_PX = 4;
const LINE_PX = 16;
const WHEEL = 0.0025;
const PINCH = 0.012; // a touchpad's pinch comes as Ctrl+wheel in small steps

/** `hands`: {seek(s), scrub(s | null), mark(from, to, isDone), held(), focused(), panned(), zoomed()}. */
export function connectGestures(host, view, hands, signal) {
  const fingers = new Map();
  let drag = null;
  let pinch = null;

  const fraction = (x) => {
    const box = host.getBoundingClientRect();
    return (x - box.left) / box.width;
  };
  const at = (x) => view.at(Math.min(1, Math.max(0, fraction(x))));

  function beginPinch() {
    const [a, b] = fingers.values();
    const middle = fraction((a + b) / 2);
    drag = null;
    hands.scrub(null);
    pinch = { gap: Math.max(20, Math.abs(a - b)), span: view.span, moment: view.at(middle) };
  }

  function movePinch() {
    const [a, b] = fingers.values();
    const span = pinch.span * (pinch.gap / Math.max(20, Math.abs(a - b)));
    const fits = Math.min(view.duration, Math.max(view.shortest, span));
    view.show(pinch.moment - fraction((a + b) / 2) * fits, fits);
    hands.zoomed();
  }

  function moveDrag(x) {
    if (!drag.moved && Math.abs(x - drag.x) < SLACK_PX) return;
    drag.moved = true;
    if (drag.action === "mark") hands.mark(drag.at, at(x), false);
    else if (drag.action === "scrub") hands.scrub(at(x));
    else {
      hands.panned();
      view.show(drag.start - ((x - drag.x) / host.clientWidth) * view.span);
    }
  }

  function down(event) {
    if (event.button !== 0 || fingers.size === 2) return;
    hands.held();
    host.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) return beginPinch();
    const action = event.shiftKey ? "mark" : view.isWhole ? "scrub" : "move";
    drag = { action, x: event.clientX, at: at(event.clientX), start: view.start, moved: false };
    if (action === "scrub") hands.scrub(drag.at);
    return undefined;
  }

  function move(event) {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (pinch && fingers.size === 2) movePinch();
    else if (drag) moveDrag(event.clientX);
  }

  function up(event) {
    if (!fingers.delete(event.pointerId)) return;
    hands.held(); // the press itself has taken the focus away again
    const done = drag;
    drag = null;
    if (pinch) {
      if (!fingers.size) pinch = null;
      return;
    }
    hands.scrub(null);
    if (!done || event.type === "pointercancel") return;
    if (done.action === "mark" && done.moved) hands.mark(done.at, at(event.clientX), true);
    else if (!done.moved || done.action === "scrub") hands.seek(at(event.clientX));
  }

  function wheel(event) {
    const unit = event.deltaMode === 1 ? LINE_PX : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    const zooms = event.ctrlKey || event.metaKey;
    const sideways = event.shiftKey ? x || y : Math.abs(x) > Math.abs(y) ? x : 0;
    if (!zooms && sideways) {
      if (view.isWhole) return;
      hands.panned();
      view.show(view.start + (sideways / host.clientWidth) * view.span);
    } else if (zooms || (hands.focused() && !(view.isWhole && y > 0))) {
      const speed = zooms && Math.abs(y) < 50 ? PINCH : WHEEL;
      hands.zoomed();
      view.zoom(Math.exp(Math.min(1, Math.max(-1, -y * speed))), at(event.clientX));
    } else return;
    event.preventDefault();
  }

  host.addEventListener("pointerdown", down, { signal });
  host.addEventListener("pointermove", move, { signal });
  host.addEventListener("pointerup", up, { signal });
  host.addEventListener("pointercancel", up, { signal });
  host.addEventListener("wheel", wheel, { signal, passive: false });
}
