// What plays and what follows, for the whole site: the listener's queue and the player together.

import { player } from "../playback/player.js";
import { asItem, MOST, QueueItems } from "./items.js";
import { seatBehind } from "./order.js";

const AGAIN_SECONDS = 3;

class Queue extends QueueItems {
  /** Set by the sleep timer: nothing follows what plays. */
  isLast = false;
  /** The name of another device that plays this queue, or "". */
  elsewhere = "";

  /** Take up what was remembered; before the player takes up its own. */
  begin() {
    this.restore();
    player.upNext = () => (this.isLast ? null : this.following);
    player.addEventListener("track", () => this.#follow());
  }

  /** Play these from the one at `at`, instead of what was in the queue. */
  play(entries, at = this.shuffle ? Math.floor(Math.random() * entries.length) : 0) {
    return this.#open(this.fill(entries, at));
  }

  add(entries, where) {
    const added = super.add(entries, where);
    if (added.length && !player.track) this.show(added[0].queue_id, 0);
    return added;
  }

  /** Take an item out; when it is the one that plays, the next one takes its turn. */
  remove(id) {
    const isCurrent = id === this.current;
    const after = isCurrent ? this.beside(1) : null;
    super.remove(id);
    if (!isCurrent) return;
    if (!after || after.queue_id === id) player.close();
    else if (player.wanted) this.go(after.queue_id);
    else this.show(after.queue_id, 0);
  }

  adopt(state) {
    super.adopt(state);
    if (player.wanted) this.#follow();
  }

  /** Play the item with this id from its beginning. */
  go(id) {
    const item = this.find(id);
    if (!item) return null;
    this.current = id;
    this.tell("place");
    return this.#open(item);
  }

  next() {
    const item = this.beside(1);
    return item ? this.go(item.queue_id) : null;
  }

  /** The one before; within a piece, its beginning. */
  previous() {
    const item = player.position > AGAIN_SECONDS ? null : this.beside(-1);
    return item ? this.go(item.queue_id) : player.seek(0);
  }

  /** Have an item in the player at a moment of it, without a sound. */
  show(id, seconds) {
    const item = this.find(id);
    if (!item || player.wanted) return;
    this.current = id;
    if (player.track?.queue_id === id) player.seek(seconds);
    else player.load(item, seconds);
  }

  #open(item) {
    if (player.is(item.version_id)) player.track.queue_id = item.queue_id;
    return player.open(item, 0);
  }

  /** Whatever was opened, and by whom ever, has its place here. */
  #follow() {
    const { track } = player;
    if (track && !this.find(track.queue_id)) {
      // What waits here already is gone to, and not put here twice.
      const same = this.items.find((item) => item.version_id === track.version_id);
      if (same) track.queue_id = same.queue_id;
    }
    const id = track?.queue_id ?? "";
    if (track && !this.find(id)) this.#seat(track);
    else if (id !== this.current) {
      this.current = id;
      this.tell("place");
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
    this.tell("items");
  }
}

export const queue = new Queue();
