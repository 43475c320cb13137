// A sound that stopped: new addresses, patience where the server asks for it, and an end to trying.

import { restOf } from "./renditions.js";

const FAILURES = 5;
const TOO_MANY = 429;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Mending {
  #failures = 0;

  /** It plays: earlier troubles are forgotten. */
  forget() {
    this.#failures = 0;
  }

  /** Resolves when the sound may be attached anew, to a sentence where that is of no use. */
  async mend(sound) {
    this.#failures += 1;
    if (this.#failures > FAILURES) return "The sound stopped. Press play to try again.";
    const rest = await askedToWait(sound);
    if (rest) this.#failures -= 1;
    try {
      await sound.signedUrls.renew();
    } catch (error) {
      if (!error.passing) return "This track is no longer here.";
    }
    await wait(rest || (this.#failures > 1 ? 1000 * this.#failures : 0));
    return "";
  }
}

/** Milliseconds for which the server wants no more requests; hls.js sees that for itself. */
async function askedToWait({ kind, audio }) {
  if (kind === "hls" || !audio?.src) return 0;
  const answer = await fetch(audio.src, { method: "HEAD" }).catch(() => null);
  return answer?.status === TOO_MANY ? restOf(answer.headers.get("Retry-After")) : 0;
}
