// Swipes. A finger that goes far enough, straight enough and soon enough does the action of its way.

const FAR_PX = 48;
const STRAIGHT = 1.4;
const SOON_MS = 800;
const OWN_WAY = "input, select, [data-grip]";

function wayOf(dx, dy) {
  const [wide, high] = [Math.abs(dx), Math.abs(dy)];
  if (wide > FAR_PX && wide > high * STRAIGHT) return dx < 0 ? "left" : "right";
  if (high > FAR_PX && high > wide * STRAIGHT) return dy < 0 ? "up" : "down";
  return "";
}

/** `actions` by way: left, right, up, down. `isStill` tells whether nothing else would scroll. */
export function connectSwipes(element, actions, isStill = () => true) {
  let from = null;
  element.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      const free = event.touches.length === 1 && !event.target.closest(OWN_WAY) && isStill();
      from = free ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
    },
    { passive: true },
  );
  element.addEventListener("touchcancel", () => (from = null));
  element.addEventListener("touchend", (event) => {
    const [touch] = event.changedTouches;
    if (!from || event.timeStamp - from.at > SOON_MS) return;
    const way = wayOf(touch.clientX - from.x, touch.clientY - from.y);
    from = null;
    if (!actions[way]) return;
    // What lies under the finger was not pressed.
    event.preventDefault();
    actions[way]();
  });
}
