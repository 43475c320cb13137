// A release that is drafted of what is uploaded here, and the place of one file on it.

import { api, csrfToken } from "../core/api.js";
import { prefix } from "../core/place.js";

export class Draft {
  /** Begin one under this name; rejects with an ApiError. */
  static async begin(title) {
    const told = await api("POST", "/releases/", { title, draft: true });
    return new Draft(told);
  }

  constructor({ id, slug, title }) {
    this.id = id;
    this.slug = slug;
    this.title = title;
  }

  add(track, path) {
    return api("POST", `/releases/${this.id}/tracks/`, { track, path });
  }

  /** Let a picture of the folder be its cover; resolves to a sentence where it is not taken. */
  async cover(file) {
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/octet-stream" };
    const address = `${prefix}/api/v1/releases/${this.id}/cover/`;
    const answer = await fetch(address, { method: "PUT", headers, body: file }).catch(() => null);
    if (answer?.ok) return "";
    const told = await answer?.json().catch(() => null);
    return `${file.name} is not its cover: ${told?.detail ?? "the connection broke."}`;
  }
}

/** Where one file stands, if anywhere: said when its upload ends, or afterwards. */
export class Place {
  #draft = null;
  #path = "";
  #track = "";
  #told = false;

  get isFree() {
    return !this.#draft;
  }

  join(draft, path) {
    this.#draft = draft;
    this.#path = path;
    return this.#tell();
  }

  /** What the end of the upload says of it. */
  described() {
    if (!this.#draft) return {};
    this.#told = true;
    return { release: this.#draft.id, path: this.#path };
  }

  /** The piece is there; one that was under way when its release was begun joins it now. */
  arrived(track) {
    this.#track = track;
    return this.#tell();
  }

  async #tell() {
    if (!this.#draft || !this.#track || this.#told) return;
    this.#told = true;
    await this.#draft.add(this.#track, this.#path).catch(() => (this.#told = false));
  }
}
