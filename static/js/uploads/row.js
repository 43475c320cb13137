// One file in the list of uploads: its title, how far it is, and what can be done about it.

import { bytes } from "../core/words.js";
import { rename } from "./rename.js";
import { sentenceOf, shareOf, titleFrom } from "./texts.js";
import { Uploader } from "./uploader.js";

export class UploadRow {
  constructor(file, drop) {
    this.drop = drop;
    this.file = file;
    const template = drop.querySelector("template");
    this.element = template.content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries(
      [...this.element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const { name, title, size } = this.parts;
    name.textContent = file.name;
    size.textContent = bytes(file.size);
    title.value = titleFrom(file.name);
    title.setAttribute("aria-label", `Title of ${file.name}`);
    this.uploader = new Uploader(file, () => this.#description());
    this.uploader.addEventListener("change", () => this.#show());
    this.element.addEventListener("click", (event) => this.#press(event));
    title.addEventListener("change", () => this.#rename());
    this.#show();
  }

  get isBusy() {
    return ["looking", "sending", "finishing"].includes(this.uploader.state);
  }

  get isWaiting() {
    return this.uploader.state === "waiting" && !this.refused;
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
    const title = this.parts.title.value.trim() || titleFrom(this.file.name);
    this.sentTitle = title;
    return { track: { title, visibility: this.drop.visibility } };
  }

  #press(event) {
    const action = event.target.closest("[data-do]")?.dataset.do;
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
    const { fragment, socket } = this.drop.dataset;
    link.href = track.url;
    for (const action of ["edit", "delete"]) {
      this.parts[action].href = this.drop.dataset[action].replace("SLUG", track.slug);
    }
    const job = document.createElement("job-progress");
    job.setAttribute("version", version.id);
    job.setAttribute("poll", fragment.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, version.id));
    job.setAttribute("hx-ws:connect", socket.replace("ID", version.id));
    job.setAttribute("hx-target", `#job-${version.id}`);
    job.setAttribute("hx-swap", "outerHTML");
    const place = document.createElement("div");
    place.id = `job-${version.id}`;
    place.dataset.job = "";
    place.dataset.live = "true";
    job.append(place);
    live.append(job);
    if (this.parts.title.value.trim() !== this.sentTitle) this.#rename();
  }

  async #rename() {
    const title = this.parts.title.value.trim();
    if (!this.arrived || !title) return;
    const saved = await rename(this.parts.edit.href, title);
    this.#say(saved ? "Title saved." : "The title was not saved. Try again.", "done");
  }
}
