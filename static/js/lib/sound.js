// The sound of one track: its addresses, what carries them into the <audio>, and mending both.
// Events: "grown" (more can be played), "restart" (attach me anew), "broken" (with a sentence).

import { Lease } from "./lease.js";
import { Source } from "./source.js";

const FAILURES = 5;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Sound extends EventTarget {
  #source = null;
  #failures = 0;

  sentence = "";

  constructor(audio, track) {
    super();
    this.audio = audio;
    this.lease = new Lease(track);
    // Another attempt was published: the same piece lies elsewhere now.
    this.lease.addEventListener("moved", () => this.#restart());
  }

  get isAttached() {
    return this.#source !== null;
  }

  /** Seconds playable so far, or null when all of it is. */
  get available() {
    return this.#source?.available ?? null;
  }

  async attach(position) {
    const source = new Source(this.audio, this.lease);
    this.#source = source;
    source.addEventListener("grown", () => this.#tell("grown"));
    source.addEventListener("lost", () => this.#recover());
    await source.attach(position);
    this.lease.attached = this.lease.signed?.attempt ?? "";
  }

  detach() {
    this.#source?.detach();
    this.#source = null;
  }

  /** It plays: earlier troubles are forgotten. */
  calm() {
    this.#failures = 0;
  }

  async #recover() {
    this.#failures += 1;
    if (this.#failures > FAILURES)
      return this.#break("The sound stopped. Press play to try again.");
    try {
      await this.lease.renew();
    } catch (error) {
      if (!error.passing) return this.#break("This track is no longer here.");
    }
    await wait(this.#failures > 1 ? 1000 * this.#failures : 0);
    return this.#restart();
  }

  #restart() {
    this.detach();
    this.#tell("restart");
  }

  #break(sentence) {
    this.sentence = sentence;
    this.#tell("broken");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
