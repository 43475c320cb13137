// The parts of one file: which have arrived, which are moving, and how the rest is sent.

import { api } from "../core/api.js";
import { insist } from "../core/retry.js";
import { sendPart } from "./part.js";
import { requireReadable } from "./reading.js";

const IN_FLIGHT = 3;
const SIGN_AHEAD = 6;

export class Parts {
  #etags;
  #moving = new Map();
  #signed = new Map();
  #todo;

  /** `plan` is the upload as Nexus tells it, with the parts that have arrived. */
  constructor(file, plan) {
    this.file = file;
    this.plan = plan;
    this.#etags = new Map((plan.parts ?? []).map(({ number, etag }) => [number, etag]));
    const numbers = Array.from({ length: plan.part_count }, (_, index) => index + 1);
    if (plan.state === "completed") {
      for (const number of numbers) if (!this.#etags.has(number)) this.#etags.set(number, "");
    }
    this.#todo = numbers.filter((number) => !this.#etags.has(number));
  }

  /** Bytes that have left, those in flight included. */
  get sent() {
    const landed = [...this.#etags.keys()].reduce((sum, number) => sum + this.#sizeOf(number), 0);
    const moving = [...this.#moving.values()].reduce((sum, count) => sum + count, 0);
    return Math.min(this.file.size, landed + moving);
  }

  /** What has arrived, as `complete/` wants it named. */
  get receipts() {
    const parts = [...this.#etags].map(([number, etag]) => ({ number, etag }));
    return parts.sort((a, b) => a.number - b.number);
  }

  /** Send what is missing, several at a time. */
  async send(signal, onProgress) {
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => this.#carry(signal, onProgress)));
  }

  #sizeOf(number) {
    const { part_size: partSize } = this.plan;
    return Math.min(partSize, this.file.size - (number - 1) * partSize);
  }

  async #carry(signal, onProgress) {
    while (this.#todo.length) {
      signal.throwIfAborted();
      const number = this.#todo.shift();
      await insist(() => this.#put(number, signal, onProgress), signal);
    }
  }

  async #put(number, signal, onProgress) {
    const from = (number - 1) * this.plan.part_size;
    const blob = this.file.slice(from, from + this.#sizeOf(number));
    const moved = (count) => {
      this.#moving.set(number, count);
      onProgress();
    };
    try {
      const address = await this.#sign(number);
      this.#etags.set(number, await sendPart(address, blob, { signal, onProgress: moved }));
    } catch (error) {
      // A browser says the same of a line that broke and of a file that is gone.
      if (error.status === 0) await requireReadable(blob);
      throw error;
    } finally {
      this.#signed.delete(number);
      this.#moving.delete(number);
    }
  }

  async #sign(number) {
    if (!this.#signed.has(number)) {
      const parts = [number, ...this.#todo.slice(0, SIGN_AHEAD)];
      const answer = await api("POST", `/uploads/${this.plan.id}/parts/sign/`, { parts });
      for (const address of answer) this.#signed.set(address.number, address);
    }
    return this.#signed.get(number);
  }
}
