// Speed over the last seconds, so that "time left" neither jumps nor lags.

const WINDOW_MS = 6000;

export class TransferRate {
  #marks = [];

  note(total) {
    const now = performance.now();
    this.#marks.push({ now, total });
    while (this.#marks.length > 2 && now - this.#marks[0].now > WINDOW_MS) this.#marks.shift();
  }

  /** Bytes per second; 0 until there is something to go by. */
  get speed() {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || last.now - first.now < 400) return 0;
    return Math.max(0, ((last.total - first.total) * 1000) / (last.now - first.now));
  }
}
