// What goes along with a piece that plays, and is not needed before: the system's own controls, the
// window's title, swipes, the sleep timer, and what follows a queue by itself.

import { clock } from "../core/words.js";
import { connectContinuing } from "../queue/continuing.js";
import { queue } from "../queue/queue.js";
import { connectMediaSession } from "./media-session.js";
import { sleep } from "./sleep.js";
import { connectTitle } from "./title.js";
import { connectSwipes } from "./touch.js";

const LAST_SECONDS = 60; // of the sleep timer: then the seconds are shown, before whole minutes

function showSleep({ asleep, left }) {
  asleep.hidden = sleep.until === null;
  if (sleep.left === null) left.textContent = "";
  else if (sleep.left <= LAST_SECONDS) left.textContent = clock(sleep.left);
  else left.textContent = `${Math.ceil(sleep.left / 60)} min`;
}

/** Connect them to the bar with these parts; `open` opens the full player. */
export function accompany(bar, parts, open) {
  connectMediaSession();
  connectTitle();
  connectContinuing();
  connectSwipes(bar, { left: () => queue.next(), right: () => queue.previous(), up: open });
  sleep.addEventListener("change", () => showSleep(parts));
  sleep.begin();
  showSleep(parts);
}
