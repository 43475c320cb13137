// One file in the list of uploads: its title, how far it is, and what can be done about it.

import { bytes } from "../core/words.js";
import { Amendments } from "./amend.js";
import { jobOf, showCover } from "./arrival.js";
import { Place } from "./draft.js";
import { sentenceOf, shareOf, titleFrom } from "./texts.js";
import { Uploader } from "./uploader.js";

const BUSY = ["comparing", "looking", "sending", "finishing"];

export class UploadRow {
  constructor(file, drop) {
    this.drop = drop;
    Object.assign(this, { amendments: new Amendments(), place: new Place(), file });
    const template = drop.querySelector("template");
    this.element = template.content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries(
      [...this.element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { title, visibility } = this.parts;
    this.parts.name.textContent = file.name;
    this.parts.size.textContent = bytes(file.size);
    title.value = titleFrom(file.name);
    title.setAttribute("aria-label", `Title of ${file.name}`);
    visibility.setAttribute("aria-label", `Who can hear ${file.name}`);
    visibility.value = drop.visibility;
    this.uploader = new Uploader(file, () => this.#description());
    this.uploader.addEventListener("change", () => this.#show());
    this.element.addEventListener("click", ({ target }) => this.#press(target));
    title.addEventListener("change", () => this.#rename());
    visibility.addEventListener("change", () => this.#openTo());
    title.addEventListener("input", () => (this.isNamed = true));
    this.#show();
  }

  get isBusy() {
    return BUSY.includes(this.uploader.state);
  }

  get isWaiting() {
    return this.uploader.state === "waiting" && !this.refused;
  }

  /** The choice for all was made anew: it is this file's, unless it has one of its own. */
  inherit(visibility) {
    if (!this.arrived && !this.hasOwn) this.parts.visibility.value = visibility;
  }

  /** Show why this file is not taken; an empty sentence means that it is. */
  refuse(sentence) {
    this.refused = Boolean(sentence);
    if (this.refused) this.#say(sentence, "refused");
  }

  async start() {
    await this.uploader.start();
    this.drop.next();
  }

  /** The page is left: what was sent stays, and the same file goes on from there. */
  leave() {
    if (this.isBusy || this.uploader.state === "failed") this.uploader.pause();
  }

  #description() {
    // Without a word from its artist, the piece is called what its file calls itself.
    this.sentTitle = this.isNamed ? this.parts.title.value.trim() : "";
    this.sentTo = this.parts.visibility.value;
    const title = this.sentTitle || undefined;
    // The page says it beside the choice.
    const attested = this.sentTo !== "private";
    return { track: { title, visibility: this.sentTo, attested }, ...this.place.described() };
  }

  #press(target) {
    const action = target.closest("[data-do]")?.dataset.do;
    if (action === "pause") this.uploader.pause();
    if (action === "resume" || action === "retry") this.start();
    if (action === "insist") this.#insist();
    if (action === "cancel") this.#cancel();
  }

  async #insist() {
    await this.uploader.insist();
    this.drop.next();
  }

  async #cancel() {
    this.refused = true;
    this.element.remove();
    this.drop.rows = this.drop.rows.filter((row) => row !== this);
    await this.uploader.cancel();
    this.drop.next();
  }

  #say(sentence, state) {
    const { status } = this.parts;
    this.element.dataset.state = state;
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  #show() {
    const { uploader } = this;
    this.parts.bar.value = shareOf(uploader);
    if (!this.refused) this.#say(sentenceOf(uploader), uploader.state);
    if (uploader.state === "known") this.parts.same.href = uploader.known[0].url;
    if (uploader.state === "done") this.#arrive();
  }

  #arrive() {
    if (this.arrived) return;
    this.arrived = true;
    const { track, version } = this.uploader.result;
    const { link, live } = this.parts;
    this.place.arrived(track.id);
    const { fragment, socket } = this.drop.dataset;
    link.href = track.url;
    for (const action of ["edit", "delete"]) {
      this.parts[action].href = this.drop.dataset[action].replace("SLUG", track.slug);
    }
    const heard = new MutationObserver(() => this.#hear(version.id));
    heard.observe(live, { childList: true, subtree: true });
    live.append(jobOf(version.id, fragment, socket));
    if (this.isNamed && this.parts.title.value.trim() !== this.sentTitle) this.#rename();
    if (this.parts.visibility.value !== this.sentTo) this.#openTo();
  }

  #hear(version) {
    const { title, status } = this.parts.live.querySelector("[data-title]")?.dataset ?? {};
    if (title && !this.isNamed) this.parts.title.value = title;
    if (status === "ready" && !this.isCovered) showCover(this.parts.cover, version);
    this.isCovered ||= status === "ready";
  }

  async #rename() {
    const title = this.parts.title.value.trim();
    if (!this.arrived || !title) return;
    const saved = await this.amendments.send(this.parts.edit.href, { title });
    this.#say(saved ? "Title saved." : "The title was not saved. Try again.", "done");
  }

  async #openTo() {
    this.hasOwn = true;
    if (!this.arrived) return;
    const { edit, visibility } = this.parts;
    const saved = await this.amendments.send(edit.href, { visibility: visibility.value });
    const name = visibility.selectedOptions[0].textContent;
    this.#say(saved ? `${name} from now on.` : "That was not saved. Try again.", "done");
  }
}
