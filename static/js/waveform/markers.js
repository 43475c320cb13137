// Notes as discs below the waveform, passages as bars. Close ones are stacked, crowds are counted.

import { clock } from "../core/words.js";
import { gather } from "./notes.js";

const DISC_PX = 24;
const STACKED_MOST = 3;
const STACK_PX = 9;

const name = (note) => {
  const when = note.until
    ? `from ${clock(note.at)} to ${clock(note.until)}`
    : `at ${clock(note.at)}`;
  return `Note by ${note.who} ${when}${note.isResolved ? ", resolved" : ""}`;
};

export class Markers {
  #discs = new Map();
  #bars = new Map();
  notes = [];

  /** `hands`: {openNote(note), spread(notes)}: a disc or a crowd was pressed. */
  constructor(host, view, hands) {
    this.host = host;
    this.view = view;
    this.hands = hands;
  }

  show() {
    const { host, view, notes } = this;
    host.hidden = !notes.length;
    const width = host.clientWidth;
    if (!width && notes.length) return;
    const wanted = [];
    for (const { x: middle, notes: group } of gather(notes, view, width, DISC_PX - 4)) {
      // A disc at either end stands within, whole.
      const x = Math.min(width - DISC_PX / 2, Math.max(DISC_PX / 2, middle));
      if (group.length > STACKED_MOST) wanted.push(this.#crowd(group, x));
      else wanted.push(...group.map((note, n) => this.#single(note, x + n * STACK_PX)));
    }
    this.#keep(this.#discs, wanted);
    this.#keep(
      this.#bars,
      notes.filter((note) => note.until).map((note) => this.#bar(note, width)),
    );
  }

  #single(note, x) {
    const key = `${note.id}`;
    const disc = this.#make(this.#discs, key, "button", "wave__note");
    disc.textContent = note.initials || "•";
    disc.title = name(note);
    disc.onclick = () => this.hands.openNote(note);
    this.#dress(disc, note, name(note), x);
    return key;
  }

  #crowd(group, x) {
    const key = `crowd ${group[0].id}`;
    const disc = this.#make(this.#discs, key, "button", "wave__note wave__note--crowd");
    const words = `${group.length} notes from ${clock(group[0].at)} to ${clock(group.at(-1).at)}`;
    disc.textContent = group.length > 99 ? "99+" : String(group.length);
    disc.title = words;
    disc.onclick = () => this.hands.spread(group);
    this.#dress(disc, { isResolved: group.every((note) => note.isResolved) }, words, x);
    return key;
  }

  #bar(note, width) {
    const bar = this.#make(this.#bars, note.id, "span", "wave__passage");
    const [from, to] = [note.at, note.until].map((at) => this.view.fraction(at) * width);
    const left = Math.max(0, from);
    bar.hidden = to < 0 || from > width;
    bar.style.setProperty("inline-size", `${Math.max(2, Math.min(width, to) - left)}px`);
    this.#dress(bar, note, "", left);
    return note.id;
  }

  #make(kept, key, tag, className) {
    if (!kept.has(key)) {
      const element = document.createElement(tag);
      element.className = className;
      if (tag === "button") element.type = "button";
      kept.set(key, element);
    }
    return kept.get(key);
  }

  #dress(element, note, label, x) {
    if (label) element.setAttribute("aria-label", label);
    element.toggleAttribute("data-resolved", Boolean(note.isResolved));
    if (note.hue !== undefined) element.style.setProperty("--hue", String(note.hue * 30));
    element.style.setProperty("--x", `${x}px`);
  }

  /** Leave only these, in this order; what has the focus is never taken out and put back. */
  #keep(kept, keys) {
    const wanted = new Set(keys);
    for (const [key, element] of kept) {
      if (wanted.has(key)) continue;
      element.remove();
      kept.delete(key);
    }
    let before = null;
    for (const key of keys) {
      const element = kept.get(key);
      const follows = before ? before.nextElementSibling === element : element.parentNode !== null;
      if (!follows) {
        if (before) before.after(element);
        else if (kept === this.#bars) this.host.append(element);
        else this.host.prepend(element);
      }
      before = element;
    }
  }
}
