// What plays and what follows: the listener's queue, remembered in this browser. Event "change"
// with what changed: "items", "place" (which one plays) or "mode". An item is an entry of the list
// API with a `queue_id` of its own and a `seat`, its place without shuffle.

import { forget, recall, remember } from "./memory.js";
import { player } from "./player.js";
import { renumber, seatBehind, shuffled } from "./queue-order.js";

export const MOST = 500;
const AGAIN_SECONDS = 3;
const REPEATS = ["off", "all", "one"];

const newId = () => Math.random().toString(36).slice(2, 12);
const asItem = (entry) => ({ ...entry, queue_id: newId(), seat: 0, overview: undefined });

class Queue extends EventTarget {
  items = [];
  current = "";
  repeat = "off";
  shuffle = false;
  /** Set by the sleep timer: nothing follows what plays. */
  isLast = false;
  /** The name of another device that plays this queue, or "". */
  elsewhere = "";

  /** Take up what was remembered; before the player takes up its own. */
  begin() {
    this.#take(recall("queue", {}));
    player.upNext = () => (this.isLast ? null : this.following);
    player.addEventListener("track", () => this.#follow());
  }

  get index() {
    return this.items.findIndex(({ queue_id: id }) => id === this.current);
  }

  /** What plays after the present one by itself, or null. */
  get following() {
    return this.repeat === "one" ? (this.items[this.index] ?? null) : this.#beside(1);
  }

  get hasNext() {
    return this.#beside(1) !== null;
  }

  /** Play these from the one at `at`, instead of what was in the queue. */
  play(entries, at = this.shuffle ? Math.floor(Math.random() * entries.length) : 0) {
    const items = entries.slice(0, MOST).map(asItem);
    renumber(items);
    const first = items[at];
    this.items = this.shuffle ? this.#mixed(items, first) : items;
    this.current = first.queue_id;
    this.#tell("items");
    return this.#open(first);
  }

  /** Put entries right behind what plays ("next") or at the end ("last"); how many found room. */
  add(entries, where = "last") {
    const added = entries.slice(0, MOST - this.items.length).map(asItem);
    const seats = this.items.map((item) => item.seat);
    const isNext = where === "next";
    const seat = isNext ? (this.items[this.index]?.seat ?? -1) : Math.max(-1, ...seats);
    seatBehind(seat, this.items, added);
    this.items.splice(isNext ? this.index + 1 : this.items.length, 0, ...added);
    this.#tell("items");
    return added.length;
  }

  /** Play the item with this id from its beginning. */
  go(id) {
    const item = this.items.find(({ queue_id: other }) => other === id);
    if (!item) return null;
    this.current = id;
    this.#tell("place");
    return this.#open(item);
  }

  next() {
    const item = this.#beside(1);
    return item ? this.go(item.queue_id) : null;
  }

  /** The one before; within a piece, its beginning. */
  previous() {
    const item = player.position > AGAIN_SECONDS ? null : this.#beside(-1);
    return item ? this.go(item.queue_id) : player.seek(0);
  }

  /** Move an item to another place, counted from 0. */
  move(id, to) {
    const from = this.items.findIndex(({ queue_id: other }) => other === id);
    if (from < 0) return;
    const [item] = this.items.splice(from, 1);
    this.items.splice(Math.min(this.items.length, Math.max(0, to)), 0, item);
    this.#tell("items");
  }

  /** Take an item out; when it is the one that plays, it plays on. */
  remove(id) {
    this.items = this.items.filter(({ queue_id: other }) => other !== id);
    this.#tell("items");
  }

  /** Leave only what plays. */
  clear() {
    this.items = this.items.filter(({ queue_id: id }) => id === this.current);
    this.#tell("items");
  }

  setRepeat(repeat) {
    this.repeat = REPEATS.includes(repeat) ? repeat : "off";
    this.#tell("mode");
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
    this.#tell("items");
    this.#tell("mode");
  }

  /** Have an item in the player at a moment of it, without a sound. */
  show(id, seconds) {
    const item = this.items.find(({ queue_id: other }) => other === id);
    if (!item || player.wanted) return;
    this.current = id;
    if (player.track?.queue_id === id) player.seek(seconds);
    else player.load(item, seconds);
  }

  /** Be as another device left it. */
  adopt(state) {
    this.#take(state);
    this.#tell("items", true);
  }

  /** Leave no trace in this browser; other devices keep theirs. */
  forget() {
    this.#take({});
    this.#tell("items", true);
    forget("queue");
  }

  #take({ items = [], current = "", repeat = "off", shuffle = false }) {
    Object.assign(this, { items, current, repeat, shuffle: Boolean(shuffle) });
  }

  #open(item) {
    if (player.is(item.version_id)) player.track.queue_id = item.queue_id;
    return player.open(item, 0);
  }

  #mixed(items, first) {
    return [first, ...shuffled(items.filter((item) => item !== first))].filter(Boolean);
  }

  #beside(step) {
    const { items, index } = this;
    if (!items.length || (index < 0 && step < 0)) return null;
    const beside = items[index + step];
    return beside ?? (this.repeat === "off" ? null : items[step > 0 ? 0 : items.length - 1]);
  }

  /** Whatever was opened, and by whom ever, has its place here. */
  #follow() {
    const { track } = player;
    const id = track?.queue_id ?? "";
    if (track && !this.items.some(({ queue_id: other }) => other === id)) this.#seat(track);
    else if (id !== this.current) {
      this.current = id;
      this.#tell("place");
    }
  }

  #seat(track) {
    const { index } = this;
    const before = this.items[index];
    const item = { ...asItem(track), key: track.key ?? "" };
    // Another version of what played takes its place; anything else comes behind it.
    const isVersion = before && track.track_id && before.track_id === track.track_id;
    if (isVersion) this.items[index] = { ...item, seat: before.seat };
    else {
      if (this.items.length >= MOST) this.items.splice(index === 0 ? 1 : 0, 1);
      seatBehind(before?.seat ?? -1, this.items, [item]);
      this.items.splice(this.index + 1, 0, item);
    }
    track.queue_id = item.queue_id;
    this.current = item.queue_id;
    this.#tell("items");
  }

  #tell(what, isRemote = false) {
    if (!this.shuffle) renumber(this.items);
    const { items, current, repeat, shuffle } = this;
    remember("queue", { items, current, repeat, shuffle });
    this.dispatchEvent(new CustomEvent("change", { detail: { what, isRemote } }));
  }
}

export const queue = new Queue();
