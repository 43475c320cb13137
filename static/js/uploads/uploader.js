// One file on its way to Nexus: create, sign parts, PUT three at a time, complete. It can pause,
// go on, try again, and pick up where a closed tab left off when the same file is chosen again.
// Where one has the same bytes already it stops and says so, before anything is sent.
// Event: "change". States: waiting comparing looking known sending paused finishing done failed.

import { api } from "../core/api.js";
import { FULL, insist } from "../core/retry.js";
import { forget, recall, remember } from "../core/storage.js";
import { sameParts } from "./arrived.js";
import { Parts } from "./parts.js";
import { planFor } from "./plan.js";
import { sha256 } from "./sha256.js";
import { TransferRate } from "./transfer-rate.js";

const FULL_REST_MS = 30_000;

export class Uploader extends EventTarget {
  #plan = null;
  #parts = null;
  #stopping = new AbortController();
  #later = 0;
  #sendsAnyway = false;

  state = "waiting";
  error = "";
  result = null;
  /** What the same bytes are already: [{name, url}]. */
  known = [];
  /** Bytes read so far to find that out. */
  looked = 0;
  transferRate = new TransferRate();

  /** `describe()` is asked at the end what it is to be: {track}, {version_of, label, note}, … */
  constructor(file, describe) {
    super();
    this.file = file;
    this.describe = describe;
    this.key = `upload:${file.name}:${file.size}:${file.lastModified}`;
  }

  /** Bytes that have left, those in flight included. */
  get sent() {
    return this.#parts?.sent ?? 0;
  }

  /** Send whatever is missing, then complete. Also the way on after a pause or a failure. */
  async start() {
    if (["comparing", "looking", "sending", "finishing", "done"].includes(this.state)) return;
    this.#stop();
    this.#stopping = new AbortController();
    this.transferRate = new TransferRate();
    this.#turn("sending");
    try {
      await this.#begin();
      if (await this.#isKnown()) return this.#turn("known");
      await this.#parts.send(this.#stopping.signal, () => this.#moved());
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
    this.#stop();
    this.#turn("paused");
  }

  /** Stop and forget, here and at Nexus. */
  async cancel() {
    this.#stop();
    forget(this.key);
    if (this.#plan) await api("DELETE", `/uploads/${this.#plan.id}/`).catch(() => {});
  }

  #fail(error) {
    if (error.name === "AbortError") return;
    this.#stop();
    this.#turn("failed", error.message);
    // A full disk is no end: what has arrived is safe, and the rest follows by itself.
    if (error.status === FULL) this.#later = setTimeout(() => this.start(), FULL_REST_MS);
  }

  #stop() {
    clearTimeout(this.#later);
    this.#stopping.abort();
  }

  #turn(state, error = "") {
    this.state = state;
    this.error = error;
    this.dispatchEvent(new Event("change"));
  }

  #moved() {
    this.transferRate.note(this.sent);
    this.dispatchEvent(new Event("change"));
  }

  async #begin() {
    const begun = this.#plan?.id ?? recall(this.key);
    this.#plan = await planFor(this.file, begun, (action) => this.#insist(action));
    remember(this.key, this.#plan.id);
    if (this.#plan.state === "open" && this.#plan.parts?.length) await this.#compare();
    this.#parts = new Parts(this.file, this.#plan);
  }

  /** Parts that arrived before the tab was closed may be of another file of this name: not kept. */
  async #compare() {
    const onProgress = (count) => {
      this.looked = count;
      this.#turn("comparing");
    };
    const { signal } = this.#stopping;
    this.#plan.parts = await sameParts(this.file, this.#plan, signal, onProgress);
    this.#turn("sending");
  }

  /** Whether one has these bytes already. The file is read only where its size makes it likely. */
  async #isKnown() {
    if (this.#sendsAnyway || this.#parts.receipts.length) return false;
    if (this.#plan.hash_wanted) {
      const onProgress = (count) => {
        this.looked = count;
        this.#turn("looking");
      };
      const hash = await sha256(this.file, { signal: this.#stopping.signal, onProgress });
      const path = `/uploads/${this.#plan.id}/`;
      Object.assign(this.#plan, await this.#insist(() => api("PATCH", path, { sha256: hash })));
      this.#turn("sending");
    }
    this.known = this.#plan.known ?? [];
    return this.known.length > 0;
  }

  async #complete(how = {}) {
    const body = { parts: this.#parts.receipts, ...how, ...this.describe() };
    this.result = await this.#insist(() =>
      api("POST", `/uploads/${this.#plan.id}/complete/`, body),
    );
    forget(this.key);
    this.#turn("done");
  }

  #insist(action) {
    return insist(action, this.#stopping.signal);
  }
}
