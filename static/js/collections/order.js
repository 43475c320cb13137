// The order of a list that others change at the same time: as the server has told it, by revision,
// with one's own moves on top until it tells them, too. Nothing of the page is known here.

/** Put `key` behind or before a neighbour in `keys`; where both are gone it stays. "" is an end. */
function put(keys, { key, behind, before }) {
  if (!keys.includes(key)) return keys;
  const others = keys.filter((other) => other !== key);
  let place = -1;
  if (behind === "") place = 0;
  else if (others.includes(behind)) place = others.indexOf(behind) + 1;
  else if (before === "") place = others.length;
  else place = others.indexOf(before);
  return place < 0 ? keys : others.toSpliced(place, 0, key);
}

export class SharedOrder {
  #own = [];
  #gone = new Set();

  constructor(keys, revision) {
    this.keys = keys;
    this.revision = revision;
  }

  /** What is to be seen: the server's order, then each of one's own moves. */
  get shown() {
    return this.#own.reduce(put, this.keys).filter((key) => !this.#gone.has(key));
  }

  /** Let `key` be the `place`th of those that are seen; returns the move, to be sent. */
  begin(key, place) {
    const others = this.shown.filter((other) => other !== key);
    const move = { key, behind: others[place - 1] ?? "", before: others[place] ?? "" };
    this.#own.push(move);
    return move;
  }

  /** The server has taken it, and tells it with this revision or has told it already. */
  settle(move, revision) {
    move.revision = revision;
    this.#forget();
  }

  /** It was refused: it has never been. */
  drop(move) {
    this.#own = this.#own.filter((other) => other !== move);
  }

  /** Somebody here took it out. */
  remove(key) {
    this.#gone.add(key);
  }

  /** Take what was told; false where a revision was missed, so that the whole must be asked for. */
  hear(told) {
    if (told.order) this.keys = told.order;
    else if (told.revision <= this.revision) return true;
    else if (told.revision !== this.revision + 1) return false;
    else if (told.moved) this.keys = put(this.keys, { key: told.moved, behind: told.behind });
    else if (told.removed) this.keys = this.keys.filter((key) => key !== told.removed);
    this.revision = told.revision;
    this.#forget();
    return true;
  }

  #forget() {
    this.#own = this.#own.filter(({ revision }) => !(revision <= this.revision));
  }
}
