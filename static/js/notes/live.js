// The list kept as the server has it: what changed is told by the socket, and what was missed while
// it was away is asked for when it is back, a page of stamps at a time as far as the list goes.

import { LiveSocket } from "../core/socket.js";

const PAGE = 100; // threads; as many as the server tells of at a time, and as one may ask for

export class Live {
  #seen = new Set();
  #pages = 0;

  /** `took(message)` after a thread changed; `ended()` when the room is closed to this viewer. */
  constructor(path, notes, { took, ended }) {
    Object.assign(this, { notes, took });
    this.socket = new LiveSocket(path, (message) => this.#hear(message), ended);
  }

  close() {
    this.socket.close();
  }

  #hear(message) {
    if (message.kind === "sign-off") document.dispatchEvent(new Event("sign-off"));
    else if (message.kind === "thread") this.#take(message);
    else this.#compare(message);
  }

  #take(message) {
    if (message.html !== null) this.#seen.add(message.id);
    this.took(message);
  }

  #compare({ threads: stamps, after, next }) {
    if (!after) {
      this.#seen = new Set();
      this.#pages = Math.max(1, Math.ceil(this.notes.threads.length / PAGE));
    }
    for (const id of Object.keys(stamps)) this.#seen.add(id);
    this.#pages -= 1;
    const lacking = this.notes.lacking(stamps);
    if (lacking.length) this.socket.say({ want: lacking });
    const gone = this.notes.threads.filter(({ dataset }) => !this.#seen.has(dataset.thread));
    // One page more for what others have pushed back; what is further behind comes by "Later notes".
    if (next && (this.#pages > 0 || (this.#pages === 0 && gone.length))) {
      this.socket.say({ after: next });
      return;
    }
    for (const { dataset } of gone) this.took({ id: dataset.thread, html: null });
  }
}
