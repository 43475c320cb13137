// The form for a new note. Its moment follows the playhead until somebody types; a passage on the
// waveform becomes the note's passage.

import { clock } from "../core/words.js";
import { player } from "../playback/player.js";
import { sendForm } from "./send.js";

/** 62.34 → "1:02.3" */
export function stamp(seconds) {
  const tenths = Math.max(0, Math.floor(seconds * 10 + 1e-6));
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

export class Writing {
  /** `isShown()` tells whether what sounds is the version shown; `wrote(answer)` gets the note. */
  constructor(form, { draft, isShown, wrote, signal }) {
    Object.assign(this, { form, isShown, wrote });
    this.at = form.elements.at;
    this.until = form.elements.until;
    this.words = form.elements.body_md;
    this.point = form.querySelector("[data-point]");
    if (draft) [this.at.value, this.until.value, this.words.value] = draft;
    this.isHeld = Boolean(this.words.value);
    for (const name of ["input", "change"]) {
      form.addEventListener(name, () => this.#hold(), { signal });
    }
    form.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.point.addEventListener("click", () => this.setRange(null), { signal });
    this.follow();
    if (!this.at.value) this.at.value = stamp(0);
    if (this.isHeld) this.#showPassage();
    else this.setRange(player.loop && isShown() ? player.loop : null);
  }

  /** What was begun here, for the form that takes this one's place; null when nothing was. */
  get draft() {
    return this.words.value ? [this.at.value, this.until.value, this.words.value] : null;
  }

  /** Typed in: the moment stays where it was when the words began. */
  #hold() {
    this.isHeld = Boolean(this.words.value) || document.activeElement !== this.words;
  }

  follow() {
    if (this.isHeld || this.until.value || !this.isShown()) return;
    this.at.value = stamp(player.position);
  }

  /** {from, to} seconds of a passage, or null for a moment. */
  setRange(range) {
    if (range) {
      this.at.value = stamp(range.from);
      this.until.value = stamp(range.to);
    } else if (this.until.value) {
      this.until.value = "";
      if (!this.words.value) this.isHeld = false;
      this.follow();
    }
    this.#showPassage();
  }

  #showPassage() {
    this.point.hidden = !this.until.value;
    this.form.toggleAttribute("data-passage", Boolean(this.until.value));
  }

  async #submit(event) {
    event.preventDefault();
    const answer = await sendForm(this.form);
    if (!answer) return;
    this.words.value = "";
    this.isHeld = false;
    this.setRange(null);
    this.wrote(answer);
  }
}
