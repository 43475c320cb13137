// The ruler over the waveform: times at round distances.

import { clock } from "../core/words.js";

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const APART_PX = 84;
const LABEL_PX = 44;

export class Ruler {
  #ticks = [];

  constructor(host) {
    this.host = host;
  }

  show(view) {
    const width = this.host.clientWidth;
    if (!width) return;
    const least = (view.span / width) * APART_PX;
    const step = STEPS.find((each) => each >= least) ?? STEPS.at(-1);
    let used = 0;
    for (let n = Math.ceil(view.start / step - 1e-6); n * step < view.end; n++) {
      const x = view.fraction(n * step) * width;
      if (x > width - LABEL_PX) break; // it would be cut off
      const tick = this.#tick(used++);
      const words = step < 1 ? precise(n * step) : clock(n * step + 1e-6);
      if (tick.textContent !== words) tick.textContent = words;
      tick.style.setProperty("transform", `translateX(${x}px)`);
      tick.hidden = false;
    }
    for (const tick of this.#ticks.slice(used)) tick.hidden = true;
  }

  #tick(index) {
    if (!this.#ticks[index]) {
      const tick = document.createElement("span");
      tick.className = "wave__tick figures";
      this.host.append(tick);
      this.#ticks.push(tick);
    }
    return this.#ticks[index];
  }
}

/** 83.42 → "1:23.4". */
export function precise(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}
