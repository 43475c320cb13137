// The list kept as the server has it: what changed is told by the socket, and what was missed while
// it was away is asked for when it is back.

import { Wire } from "../wire.js";

const WANT_AT_ONCE = 100;

export class Live {
  /** `took(message)` after a thread changed; `ended()` when the room is closed to this viewer. */
  constructor(path, notes, { took, ended }) {
    Object.assign(this, { notes, took });
    this.wire = new Wire(path, (message) => this.#hear(message), ended);
  }

  close() {
    this.wire.close();
  }

  #hear(message) {
    if (message.kind === "thread") this.took(message);
    else this.#compare(message.threads);
  }

  #compare(stamps) {
    for (const { dataset } of this.notes.threads) {
      if (!(dataset.thread in stamps)) this.took({ id: dataset.thread, html: null });
    }
    const lacking = this.notes.lacking(stamps);
    for (let from = 0; from < lacking.length; from += WANT_AT_ONCE) {
      this.wire.say({ want: lacking.slice(from, from + WANT_AT_ONCE) });
    }
  }
}
