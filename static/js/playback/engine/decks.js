// The page's <audio> elements. One sounds; the others hold what comes next, so that it can begin
// without a gap.

import { Deck } from "./deck.js";

const SPARES = 2;

class Decks {
  #all = [];
  #level = [1, false];

  /** Take over the page's <audio> and put silent twins beside it. */
  begin(audio) {
    this.#all = [new Deck(audio)];
    for (let count = 0; count < SPARES; count += 1) {
      const twin = audio.cloneNode();
      twin.removeAttribute("data-part");
      audio.after(twin);
      this.#all.push(new Deck(twin));
    }
    this.show(this.#all[0]);
    this.setLevel(...this.#level);
  }

  /** Mark the deck that is heard: `audio[data-active]`. */
  show(deck) {
    for (const { audio } of this.#all) audio.toggleAttribute("data-active", audio === deck.audio);
  }

  /** A deck nobody uses, or null. Give it back with `free`. */
  take() {
    const deck = this.#all.find((one) => !one.isTaken) ?? null;
    if (deck) deck.isTaken = true;
    return deck;
  }

  free(deck) {
    deck.isTaken = false;
    deck.delay = 0;
    deck.fadeTo(1);
  }

  /** In the first gesture: browsers let an element play later only if it was touched in one. */
  unlock() {
    for (const { audio, isTaken } of this.#all) if (!isTaken) audio.load();
  }

  setLevel(gain, muted, seconds) {
    this.#level = [gain, muted];
    for (const deck of this.#all) deck.setLevel(gain, muted, seconds);
  }
}

export const decks = new Decks();
