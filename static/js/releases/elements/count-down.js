// <count-down data-at="…" data-ms="…">: how long a release is still away, in the visitor's own time,
// and the release itself as soon as its hour has come. The server's clock counts, not this one.

import { refresh } from "../../core/navigation.js";

const SPREAD_MS = 1500; // whoever waits with a thousand others asks a moment after them
const AGAIN_MS = 4000;
const LONGEST_MS = 2 ** 30; // what setTimeout takes
const UNITS = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

class CountDown extends HTMLElement {
  connectedCallback() {
    this.at = Number(this.dataset.at) * 1000;
    this.ahead = 0; // of this clock before the server's, in ms
    const when = this.querySelector("[data-when]");
    const how = { dateStyle: "long", timeStyle: "short" };
    // As the site writes days: “3 December 2026 at 12:00”.
    when.textContent = new Intl.DateTimeFormat("en-GB", how).format(this.at);
    this.left = this.querySelector("[data-left]");
    this.left.hidden = false;
    this.#compare();
    this.#tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  /** The page may be some seconds old: the header of an answer made now tells the time. */
  async #compare() {
    const asked = Date.now();
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(
      () => null,
    );
    const told = Date.parse(answer?.headers.get("Date") ?? "");
    if (Number.isNaN(told)) return;
    this.ahead = (asked + Date.now()) / 2 - (told + 500); // the header has whole seconds
    this.#tick();
  }

  #tick() {
    clearTimeout(this.timer);
    const left = this.at - (Date.now() - this.ahead);
    if (left <= 0) {
      this.left.textContent = "Any moment now";
      const pause = this.asked ? AGAIN_MS : 0;
      this.asked = true;
      this.timer = setTimeout(() => this.#turn(), pause + 500 + Math.random() * SPREAD_MS);
      return;
    }
    this.left.textContent = words(left / 1000);
    this.timer = setTimeout(() => this.#tick(), Math.min(LONGEST_MS, left % 1000 || 1000));
  }

  async #turn() {
    if (!this.isConnected) return;
    refresh();
    this.#tick(); // still the countdown: asks once more, until this element has gone
  }
}

/** 93784 → "1 day 2 hours 3 minutes"; below an hour with seconds. */
function words(seconds) {
  let rest = Math.ceil(seconds);
  const parts = UNITS.map(([size, name]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [count, name];
  });
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(Math.max(0, first), Math.max(0, first) + (first < 2 ? 3 : 2))
    .map(([count, name]) => `${count} ${name}${count === 1 ? "" : "s"}`)
    .join(" ");
}

customElements.define("count-down", CountDown);
