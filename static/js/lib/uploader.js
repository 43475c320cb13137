// One file on its way to Nexus: create, sign parts, PUT three at a time, complete. It can pause,
// go on, try again, and pick up where a closed tab left off when the same file is chosen again.
// Where one has the same bytes already it stops and says so, before anything is sent.
// Events: "change" (state, progress).
// States: waiting looking known sending paused finishing done failed.

import { api } from "./api.js";
import { forget, recall, remember } from "./memory.js";
import { Pace } from "./pace.js";
import { sendPart } from "./part.js";
import { insist } from "./patience.js";
import { sha256 } from "./sha256.js";

const IN_FLIGHT = 3;
const SIGN_AHEAD = 6;

export class Uploader extends EventTarget {
  #plan = null;
  #etags = new Map();
  #moving = new Map();
  #todo = [];
  #signed = new Map();
  #stopping = new AbortController();
  #sendsAnyway = false;

  state = "waiting";
  error = "";
  result = null;
  /** What the same bytes are already: [{name, url}]. */
  known = [];
  /** Bytes read so far to find that out. */
  looked = 0;
  pace = new Pace();

  /** `describe()` is asked at the end what it is to be: {track}, {version_of, label, note}, … */
  constructor(file, describe) {
    super();
    this.file = file;
    this.describe = describe;
    this.key = `upload:${file.name}:${file.size}:${file.lastModified}`;
  }

  /** Bytes that have left, those in flight included. */
  get sent() {
    const { size } = this.file;
    if (!this.#plan) return 0;
    const landed = [...this.#etags.keys()].reduce((sum, number) => sum + this.#sizeOf(number), 0);
    const moving = [...this.#moving.values()].reduce((sum, count) => sum + count, 0);
    return Math.min(size, landed + moving);
  }

  /** Send whatever is missing, then complete. Also the way on after a pause or a failure. */
  async start() {
    if (["looking", "sending", "finishing", "done"].includes(this.state)) return;
    this.#stopping = new AbortController();
    this.pace = new Pace();
    this.#turn("sending");
    try {
      await this.#begin();
      if (await this.#isKnown()) return this.#turn("known");
      await Promise.all(Array.from({ length: IN_FLIGHT }, () => this.#carry()));
      this.#turn("finishing");
      return await this.#complete();
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** Use it although one has it already: nothing is sent, the bytes are stored once. */
  async insist() {
    this.#turn("finishing");
    try {
      await this.#complete({ copy: true });
    } catch (error) {
      if (error.body?.type !== "/problems/not-known") return this.#fail(error);
      // The other one was deleted meanwhile.
      this.#sendsAnyway = true;
      this.#turn("waiting");
      return this.start();
    }
  }

  pause() {
    this.#stopping.abort();
    this.#turn("paused");
  }

  /** Stop and forget, here and at Nexus. */
  async cancel() {
    this.#stopping.abort();
    forget(this.key);
    if (this.#plan) await api("DELETE", `/uploads/${this.#plan.id}/`).catch(() => {});
  }

  #fail(error) {
    if (error.name === "AbortError") return;
    this.#stopping.abort();
    this.#turn("failed", error.message);
  }

  #turn(state, error = "") {
    this.state = state;
    this.error = error;
    this.dispatchEvent(new Event("change"));
  }

  #sizeOf(number) {
    const { part_size: partSize } = this.#plan;
    return Math.min(partSize, this.file.size - (number - 1) * partSize);
  }

  async #begin() {
    const known = this.#plan?.id ?? recall(this.key);
    if (known) this.#plan = await this.#resume(known);
    if (!this.#plan) {
      const { name: filename, size } = this.file;
      this.#etags.clear();
      this.#plan = await this.#insist(() => api("POST", "/uploads/", { filename, size }));
      remember(this.key, this.#plan.id);
    }
    const numbers = Array.from({ length: this.#plan.part_count }, (_, index) => index + 1);
    this.#todo = numbers.filter((number) => !this.#etags.has(number));
    this.#moving.clear();
    this.#signed.clear();
  }

  async #resume(id) {
    const found = await this.#insist(() => api("GET", `/uploads/${id}/`)).catch((error) => {
      if (error.passing || error.name === "AbortError") throw error;
      return null;
    });
    // A completed upload is completed once more: the answer is the same and says where it went.
    if (!found || !["open", "completing", "completed"].includes(found.state)) return null;
    this.#etags = new Map((found.parts ?? []).map(({ number, etag }) => [number, etag]));
    if (found.state === "completed") {
      for (let n = 1; n <= found.part_count; n += 1)
        if (!this.#etags.has(n)) this.#etags.set(n, "");
    }
    return found;
  }

  /** Whether one has these bytes already. The file is read only where its size makes it likely. */
  async #isKnown() {
    if (this.#sendsAnyway || this.#etags.size) return false;
    if (this.#plan.hash_wanted) {
      this.#turn("looking");
      const onProgress = (count) => {
        this.looked = count;
        this.dispatchEvent(new Event("change"));
      };
      const hash = await sha256(this.file, { signal: this.#stopping.signal, onProgress });
      const path = `/uploads/${this.#plan.id}/`;
      Object.assign(this.#plan, await this.#insist(() => api("PATCH", path, { sha256: hash })));
      this.#turn("sending");
    }
    this.known = this.#plan.known ?? [];
    return this.known.length > 0;
  }

  async #carry() {
    while (this.#todo.length) {
      this.#stopping.signal.throwIfAborted();
      const number = this.#todo.shift();
      await this.#insist(() => this.#put(number));
    }
  }

  async #put(number) {
    const { part_size: partSize } = this.#plan;
    const from = (number - 1) * partSize;
    const blob = this.file.slice(from, from + this.#sizeOf(number));
    const onProgress = (count) => {
      this.#moving.set(number, count);
      this.pace.note(this.sent);
      this.dispatchEvent(new Event("change"));
    };
    try {
      const address = await this.#sign(number);
      const etag = await sendPart(address, blob, { signal: this.#stopping.signal, onProgress });
      this.#etags.set(number, etag);
    } finally {
      this.#signed.delete(number);
      this.#moving.delete(number);
    }
  }

  async #sign(number) {
    if (!this.#signed.has(number)) {
      const parts = [number, ...this.#todo.slice(0, SIGN_AHEAD)];
      const answer = await api("POST", `/uploads/${this.#plan.id}/parts/sign/`, { parts });
      for (const address of answer) this.#signed.set(address.number, address);
    }
    return this.#signed.get(number);
  }

  async #complete(how = {}) {
    const parts = [...this.#etags].map(([number, etag]) => ({ number, etag }));
    parts.sort((a, b) => a.number - b.number);
    const body = { parts, ...how, ...this.describe() };
    this.result = await this.#insist(() =>
      api("POST", `/uploads/${this.#plan.id}/complete/`, body),
    );
    forget(this.key);
    this.#turn("done");
  }

  #insist(deed) {
    return insist(deed, this.#stopping.signal);
  }
}
