// A socket that comes back by itself, ever more patiently, until the server says it is over.

import { prefix } from "./place.js";

const GONE = 4404;
const PAUSES_MS = [600, 1500, 3000, 6000, 15_000]; // half as long or half as long again

export class LiveSocket {
  #socket = null;
  #tries = 0;
  #timer = 0;
  #over = false;

  /** `path` below this site; `hear(message)` gets every decoded one, `over()` that it is gone. */
  constructor(path, hear, over = () => {}) {
    this.address = new URL(prefix + path, location.href.replace(/^http/, "ws"));
    this.hear = hear;
    this.over = over;
    this.#open();
  }

  say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  close() {
    this.#over = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    // Closed while it opens, it would complain in the console.
    if (socket.readyState !== WebSocket.CONNECTING) socket.close();
    else socket.addEventListener("open", () => socket.close());
  }

  #open() {
    const socket = new WebSocket(this.address);
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.#tries = 0;
      if (!this.#over) this.hear(JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => this.#closed(code));
  }

  #closed(code) {
    if (this.#over) return;
    if (code === GONE) {
      this.#over = true;
      this.over();
      return;
    }
    const pause = PAUSES_MS[Math.min(this.#tries, PAUSES_MS.length - 1)];
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#open(), pause * (0.5 + Math.random()));
  }
}
