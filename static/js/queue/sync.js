// The queue of a signed-in listener on all their devices: what one does, the others show; whoever
// presses play has the sound, and the one that had it falls silent. Every write names the revision
// it was made from, so what two devices did at once is put together and not lost.

import { api } from "../core/api.js";
import { LiveSocket } from "../core/socket.js";
import { forget, recall, remember } from "../core/storage.js";
import { player } from "../playback/player.js";
import { ownDevice, toSend } from "./device.js";
import { merge } from "./order.js";
import { queue } from "./queue.js";

const SOON_MS = 300;
const TELL_MS = 10_000;
const AGAIN_MS = 5000;

class Sync {
  #known = { revision: 0, ids: [] };
  #unsent = new Set();
  #timer = 0;
  #work = Promise.resolve();
  #ended = false;

  constructor(person) {
    this.person = person;
    this.device = ownDevice();
    this.holder = "";
    const kept = recall("queue-sync");
    this.isNew = kept?.person !== person;
    if (!this.isNew) this.#known = kept;
    else if (kept) queue.forget();
    // What was played before signing in goes along, if there is no queue yet.
    if (this.isNew || kept.unsent) this.#unsent.add("items");
    queue.addEventListener("change", ({ detail }) => detail.isRemote || this.#changed(detail.what));
    player.addEventListener("change", () => this.#heard());
    document.addEventListener("queue:forget", () => this.#end());
    setInterval(() => this.#holds && player.wanted && this.#changed("place"), TELL_MS);
    this.socket = new LiveSocket("/ws/queue/", (told) => this.#then(() => this.#learn(told)));
  }

  get #holds() {
    return this.holder === this.device;
  }

  /** One thing after another: what is learned and what is sent must not cross. */
  #then(action) {
    this.#work = this.#work.then(() => (this.#ended ? null : action())).catch(() => {});
  }

  /** What the socket told: mostly that somebody's piece moved on. */
  async #learn(told) {
    if (told.revision < this.#known.revision) return null;
    if (told.revision === this.#known.revision && !this.isNew) {
      this.#place(told);
      return this.#unsent.size ? this.#send() : null;
    }
    const same = told.ids.join() === this.#known.ids.join();
    const isPlain = same && told.shuffle === queue.shuffle && told.repeat === queue.repeat;
    if (!isPlain || this.isNew) return this.#pull();
    this.#keep({ revision: told.revision, ids: told.ids });
    return this.#place(told);
  }

  async #pull() {
    const told = await api("GET", "/queue/");
    const theirs = told.entries;
    const mine = this.isNew && theirs.length ? [] : queue.items;
    const isDirty = this.#unsent.has("items") && mine.length > 0;
    const items = isDirty ? merge(this.#known.ids, mine, theirs) : theirs;
    if (!isDirty) this.#unsent.delete("items");
    this.isNew = false;
    this.#keep({ revision: told.revision, ids: theirs.map(({ queue_id: id }) => id) });
    const { repeat, shuffle } = this.#unsent.has("mode") ? queue : told;
    queue.adopt({ items, repeat, shuffle, current: queue.current });
    this.#place(told);
    if (this.#unsent.size) await this.#send();
  }

  /** Where the music is now, and on which device. */
  #place({ current, position_ms: position, device }) {
    const [had, isMine] = [this.#holds, this.#unsent.has("holder")];
    if (!isMine) this.holder = device;
    queue.elsewhere = device && !this.#holds ? device.split("~")[0] : "";
    if (had && !this.#holds && player.wanted) player.pause();
    if (!player.wanted && !this.#holds && !isMine) queue.show(current, position / 1000);
    queue.adopt(queue);
  }

  #changed(what) {
    if (this.#ended) return;
    this.#unsent.add(what);
    this.#keep(this.#known);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#then(() => this.#send()), SOON_MS);
  }

  /** Whoever plays has the queue; whoever stops says how far it was. */
  #heard() {
    const { wanted } = player;
    if (wanted && !this.#holds) {
      this.holder = this.device;
      queue.elsewhere = "";
      this.#changed("holder");
    } else if (this.wasWanted && !wanted && this.#holds) this.#changed("place");
    this.wasWanted = wanted;
  }

  async #send() {
    if (!this.#unsent.size) return;
    const sent = this.#unsent;
    this.#unsent = new Set();
    const change = { revision: this.#known.revision };
    const ids = queue.items.map(({ queue_id: id }) => id);
    if (sent.has("items")) change.items = queue.items.map(toSend);
    if (sent.has("mode")) Object.assign(change, { shuffle: queue.shuffle, repeat: queue.repeat });
    if (this.#holds) {
      const position_ms = Math.round(player.position * 1000);
      Object.assign(change, { current: queue.current, position_ms, device: this.device });
    } else if (sent.has("items") && !ids.includes(queue.current)) change.current = "";
    if (Object.keys(change).length === 1) return;
    try {
      const answer = await api("PATCH", "/queue/", change);
      this.isNew = false; // there was no queue yet, and now it is this one
      this.#keep({ revision: answer.revision, ids: sent.has("items") ? ids : this.#known.ids });
    } catch (error) {
      for (const what of sent) this.#unsent.add(what);
      if (error.status === 409) await this.#pull();
      else if (error.passing) setTimeout(() => this.#then(() => this.#send()), AGAIN_MS);
    }
  }

  #keep({ revision, ids }) {
    if (this.#ended) return;
    this.#known = { revision, ids };
    const kept = { person: this.person, revision, ids, unsent: this.#unsent.has("items") };
    remember("queue-sync", kept);
  }

  #end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.socket.close();
    forget("queue-sync");
  }
}

/** Share the queue with the other devices of this person (an id), once per page load. */
export function connectQueue(person) {
  return new Sync(person);
}
