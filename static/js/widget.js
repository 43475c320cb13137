// For foreign pages: steer a Nexus player in an <iframe>, and hear what it does.
//
//   import { NexusWidget } from "https://music.example/embed/widget.js";
//   const widget = new NexusWidget(document.querySelector("iframe"));
//   await widget.ready;
//   widget.addEventListener("time", ({ detail }) => console.log(detail.position));
//   await widget.play();
//
// Events: ready, play, pause, time, track, finish, error; `event.detail` says more. Seconds.

const VERSION = 1;
const PATIENCE_MS = 10_000;

export class NexusWidget extends EventTarget {
  #frame;
  #origin;
  #asked = new Map();
  #count = 0;
  #listening = new AbortController();

  /** `frame` is the <iframe>, or its `src` is set soon. */
  constructor(frame) {
    super();
    this.#frame = frame;
    this.#origin = new URL(frame.src, document.baseURI).origin;
    this.ready = new Promise((resolve) =>
      this.addEventListener("ready", ({ detail }) => resolve(detail), { once: true }),
    );
    const { signal } = this.#listening;
    addEventListener("message", (event) => this.#hear(event), { signal });
    this.#greet();
  }

  play() {
    return this.#ask("play");
  }

  pause() {
    return this.#ask("pause");
  }

  toggle() {
    return this.#ask("toggle");
  }

  /** Go to a moment, in seconds. */
  seek(seconds) {
    return this.#ask("seek", seconds);
  }

  /** From 0 to 1. */
  setVolume(level) {
    return this.#ask("volume", level);
  }

  /** Play the track at this place of a list, counted from 0. */
  go(index) {
    return this.#ask("go", index);
  }

  /** Show something else: the address of another embed of the same site. */
  load(address) {
    return this.#ask("load", String(address));
  }

  /** {kind, id, title, url, count, index, track, position, duration, paused} */
  state() {
    return this.#ask("state");
  }

  /** Stop listening to the frame. */
  leave() {
    this.#listening.abort();
  }

  /** Says nothing of anybody, so it may also meet a frame that is still empty. */
  #greet() {
    this.#frame.contentWindow?.postMessage({ nexus: VERSION, do: "hello" }, "*");
  }

  #post(message) {
    this.#frame.contentWindow?.postMessage({ nexus: VERSION, ...message }, this.#origin);
  }

  async #ask(action, value) {
    await this.ready;
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error("The player does not answer."));
      const timer = setTimeout(late, PATIENCE_MS);
      this.#asked.set(id, { resolve, reject, timer });
      this.#post({ do: action, value, id });
    });
  }

  #hear({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== this.#origin) return;
    if (data?.nexus !== VERSION) return;
    if ("reply" in data) this.#answer(data);
    else if (data.event === "ready" && !data.kind) this.#greet();
    else if (typeof data.event === "string") {
      const { nexus: _version, event, ...detail } = data;
      this.dispatchEvent(new CustomEvent(event, { detail }));
    }
  }

  #answer({ reply, value, error }) {
    const asked = this.#asked.get(reply);
    if (!asked) return;
    this.#asked.delete(reply);
    clearTimeout(asked.timer);
    if (error) asked.reject(new Error(error));
    else asked.resolve(value);
  }
}
