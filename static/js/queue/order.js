// Pure actions on the order of a queue: where things go, and what two devices' changes come to.

/** A copy in random order (Fisher–Yates). */
export function shuffled(items) {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/** Let everybody's seat be their place. */
export function renumber(items) {
  items.forEach((item, seat) => {
    item.seat = seat;
  });
}

/** Give `added` seats right behind `seat`, before any other of `items`: their place unshuffled. */
export function seatBehind(seat, items, added) {
  const later = items.map((item) => item.seat).filter((other) => other > seat);
  const gap = (later.length ? Math.min(...later) : seat + added.length + 1) - seat;
  added.forEach((item, index) => {
    item.seat = seat + (gap * (index + 1)) / (added.length + 1);
  });
}

/** Where what a listener adds last belongs: before what only follows by itself (`reason`). */
export function ownEnd(items, index) {
  return items.findLastIndex((item, at) => at <= index || !item.reason) + 1;
}

/** Order and seats of one queue as another device left it, and this one's own changes since. */
export function merge(base, mine, theirs) {
  const idsOf = (items) => items.map((item) => item.queue_id);
  const had = new Set(base);
  const theirIds = new Set(idsOf(theirs));
  const myIds = new Set(idsOf(mine));
  const common = base.filter((id) => myIds.has(id));
  const isMoved =
    idsOf(mine)
      .filter((id) => had.has(id))
      .join() !== common.join();
  // Whoever moved things about says the order; the other one's additions find their neighbours.
  const [spine, other] = isMoved ? [mine, theirs] : [theirs, mine];
  const stays = ({ queue_id: id }) => !had.has(id) || (myIds.has(id) && theirIds.has(id));
  const merged = spine.filter(stays);
  const known = new Set(idsOf(merged));
  other.forEach((item, index) => {
    if (known.has(item.queue_id) || !stays(item)) return;
    const before = other[index - 1]?.queue_id;
    merged.splice(merged.findIndex(({ queue_id: id }) => id === before) + 1, 0, item);
    known.add(item.queue_id);
  });
  return merged;
}
