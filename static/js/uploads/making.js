// Making a release of what is uploaded: of a folder at once, of files that were chosen on a press.

import { Draft } from "./draft.js";

export class Making {
  /** `drop` is the element that shows the rows. */
  constructor(drop) {
    this.drop = drop;
    this.button = drop.querySelector("[data-make]");
    this.button.addEventListener("click", () => this.#ofFree());
  }

  /** A folder is a release: its draft is there before the first file is. */
  async ofFolder({ folder, files, paths, cover }) {
    const draft = await this.#begin(folder);
    for (const row of this.drop.show(files)) {
      if (!draft) continue;
      row.inherit("private"); // until the release is published
      row.place.join(draft, paths.get(row.file) ?? row.file.name);
    }
    this.drop.next();
    const refused = draft && cover ? await draft.cover(cover) : "";
    if (refused) this.#tell(refused);
  }

  /** Several pieces that stand on nothing may be made a release. */
  offer() {
    this.button.hidden = this.#free.length < 2;
  }

  get #free() {
    return this.drop.rows.filter((row) => row.place.isFree && !row.refused);
  }

  async #ofFree() {
    const free = this.#free;
    const draft = await this.#begin("New release");
    if (!draft) return;
    for (const row of free) row.place.join(draft, row.file.name);
    this.offer();
  }

  async #begin(title) {
    try {
      const draft = await Draft.begin(title.slice(0, 200));
      const told = this.drop.querySelector("[data-draft]");
      const link = told.querySelector("a");
      link.href = this.drop.dataset.release.replace("SLUG", draft.slug);
      link.querySelector("[data-draft-title]").textContent = draft.title;
      told.hidden = false;
      return draft;
    } catch (error) {
      this.#tell(error.message);
      return null;
    }
  }

  #tell(sentence) {
    const said = this.drop.querySelector("[data-refused]");
    said.textContent = `${said.textContent} ${sentence}`.trim();
  }
}
