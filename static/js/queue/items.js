// The order of a queue, and its changes; who plays it is told in `queue.js`. Event "change" with
// what changed: "items", "place" (which one plays) or "mode". An item is an entry of the list API
// with a `queue_id` of its own and a `seat`, its place without shuffle.

import { forget, recall, remember } from "../core/storage.js";
import { ownEnd, renumber, seatBehind, shuffled } from "./order.js";

export const MOST = 500;
const REPEATS = ["off", "all", "one"];

const newId = () => Math.random().toString(36).slice(2, 12);

/** An entry as an item of the queue; the peaks stay behind: they weigh more than all the rest. */
export const asItem = (entry) => ({ ...entry, queue_id: newId(), seat: 0, overview: undefined });

export class QueueItems extends EventTarget {
  items = [];
  current = "";
  repeat = "off";
  shuffle = false;

  /** Take up what this browser remembers. */
  restore() {
    this.#take(recall("queue", {}));
  }

  get index() {
    return this.items.findIndex(({ queue_id: id }) => id === this.current);
  }

  /** What plays after the present one by itself, or null. */
  get following() {
    return this.repeat === "one" ? (this.items[this.index] ?? null) : this.beside(1);
  }

  get hasNext() {
    return this.beside(1) !== null;
  }

  find(id) {
    return this.items.find(({ queue_id: other }) => other === id);
  }

  /** The item so many places on from what plays, or null. */
  beside(step) {
    const { items, index } = this;
    if (!items.length || (index < 0 && step < 0)) return null;
    const beside = items[index + step];
    return beside ?? (this.repeat === "off" ? null : items[step > 0 ? 0 : items.length - 1]);
  }

  /** Be these entries alone, from the one at `at`, which is returned. */
  fill(entries, at) {
    const items = entries.slice(0, MOST).map(asItem);
    renumber(items);
    const first = items[at];
    this.items = this.shuffle ? this.#mixed(items, first) : items;
    this.current = first.queue_id;
    this.tell("items");
    return first;
  }

  /** Put entries right behind what plays ("next") or at the end ("last"); returns those with room. */
  add(entries, where = "last") {
    const added = entries.slice(0, MOST - this.items.length).map(asItem);
    const seats = this.items.map((item) => item.seat);
    const isNext = where === "next";
    const seat = isNext ? (this.items[this.index]?.seat ?? -1) : Math.max(-1, ...seats);
    seatBehind(seat, this.items, added);
    const end = entries[0]?.reason ? this.items.length : ownEnd(this.items, this.index);
    this.items.splice(isNext ? this.index + 1 : end, 0, ...added);
    this.tell("items");
    return added;
  }

  /** Move an item to another place, counted from 0. */
  move(id, to) {
    const from = this.items.findIndex(({ queue_id: other }) => other === id);
    if (from < 0) return;
    const [item] = this.items.splice(from, 1);
    this.items.splice(Math.min(this.items.length, Math.max(0, to)), 0, item);
    this.tell("items");
  }

  /** Take an item out. */
  remove(id) {
    this.items = this.items.filter(({ queue_id: other }) => other !== id);
    this.tell("items");
  }

  /** Leave only what plays. */
  clear() {
    this.items = this.items.filter(({ queue_id: id }) => id === this.current);
    this.tell("items");
  }

  setRepeat(repeat) {
    this.repeat = REPEATS.includes(repeat) ? repeat : "off";
    this.tell("mode");
  }

  cycleRepeat() {
    this.setRepeat(REPEATS[(REPEATS.indexOf(this.repeat) + 1) % REPEATS.length]);
  }

  setShuffle(shuffle) {
    if (shuffle === this.shuffle) return;
    this.shuffle = shuffle;
    const { items } = this;
    if (shuffle) this.items = this.#mixed(items, items[this.index]);
    else items.sort((one, other) => one.seat - other.seat);
    this.tell("items");
    this.tell("mode");
  }

  /** Be as another device left it. */
  adopt(state) {
    this.#take(state);
    this.tell("items", true);
  }

  /** Leave no trace in this browser; other devices keep theirs. */
  forget() {
    this.adopt({});
    forget("queue");
  }

  tell(what, isRemote = false) {
    if (!this.shuffle) renumber(this.items);
    const { items, current, repeat, shuffle } = this;
    remember("queue", { items, current, repeat, shuffle });
    this.dispatchEvent(new CustomEvent("change", { detail: { what, isRemote } }));
  }

  #take({ items = [], current = "", repeat = "off", shuffle = false }) {
    // What a browser remembers may be of another time.
    const whole = (item) => item?.queue_id && item.version_id;
    this.items = Array.isArray(items) ? items.filter(whole) : [];
    Object.assign(this, { current, repeat, shuffle: Boolean(shuffle) });
  }

  #mixed(items, first) {
    return [first, ...shuffled(items.filter((item) => item !== first))].filter(Boolean);
  }
}
