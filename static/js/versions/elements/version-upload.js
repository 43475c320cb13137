// <version-upload data-version-of="…" data-then="…">: a file that was chosen, dropped or recorded
// becomes another version of that track; without `data-version-of`, a new piece.

import { refresh } from "../../core/navigation.js";
import { bytes } from "../../core/words.js";
import { sentenceOf, shareOf, titleFrom } from "../../uploads/texts.js";
import { Uploader } from "../../uploads/uploader.js";

const BUSY = ["looking", "sending", "finishing"];

class VersionUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("[data-form]");
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("recorded", ({ detail }) => this.#take(detail.file), { signal });
    this.addEventListener("change", (event) => this.#chosen(event), { signal });
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.addEventListener(name, (event) => this.#drag(event), { signal });
    }
    this.form.addEventListener("submit", (event) => this.#send(event), { signal });
    this.addEventListener("click", (event) => this.#press(event), { signal });
    addEventListener("beforeunload", (event) => this.isBusy && event.preventDefault(), { signal });
    // Somebody was quicker than this module.
    const early = this.querySelector("[data-file]")?.files[0];
    if (early) this.#take(early);
  }

  disconnectedCallback() {
    this.listening.abort();
    if (this.isBusy) this.uploader.pause();
  }

  get isBusy() {
    return BUSY.includes(this.uploader?.state);
  }

  get isSent() {
    return this.uploader?.state === "done";
  }

  #chosen(event) {
    if (event.target.matches("[data-file]")) this.#take(event.target.files[0] ?? null);
  }

  #drag(event) {
    const zone = this.querySelector("[data-zone]");
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.toggleAttribute("data-over", event.type === "dragover");
    if (event.type === "drop") this.#take(event.dataTransfer.files[0] ?? null);
  }

  #take(file) {
    if (this.isBusy) return;
    this.file = file;
    this.uploader = null;
    this.form.hidden = !file;
    this.parts.line.hidden = true;
    const { name, size } = this.parts;
    if (!file) return;
    if (name) name.textContent = file.name;
    if (size) size.textContent = `${bytes(file.size)} · choose another`;
    const title = this.form.elements.title;
    if (title && !title.value && name) title.value = titleFrom(file.name);
  }

  #describe() {
    const { label, note, title } = this.form.elements;
    const { versionOf } = this.dataset;
    if (!versionOf) return { track: { title: title.value } };
    return { version_of: versionOf, label: label.value, note: note.value };
  }

  #send(event) {
    event.preventDefault();
    if (!this.file || this.isBusy) return;
    this.uploader = new Uploader(this.file, () => this.#describe());
    this.uploader.addEventListener("change", () => this.#show());
    this.uploader.start();
  }

  async #press(event) {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (!this.uploader) return;
    if (action === "insist") this.uploader.insist();
    if (action === "retry") this.uploader.start();
    if (action !== "cancel") return;
    await this.uploader.cancel();
    this.#take(this.querySelector("voice-recorder") ? this.file : null);
  }

  #show() {
    const { uploader, parts } = this;
    const { state } = uploader;
    parts.line.hidden = false;
    parts.bar.hidden = state === "known";
    parts.bar.value = shareOf(uploader);
    parts.send.disabled = this.isBusy || state === "known" || state === "done";
    const sentence = state === "done" ? "It is here and is being prepared." : sentenceOf(uploader);
    if (parts.status.textContent !== sentence) parts.status.textContent = sentence;
    const buttons = { known: ["insist", "cancel"], failed: ["retry", "cancel"] }[state] ?? [];
    if (BUSY.includes(state)) buttons.push("cancel");
    for (const button of this.querySelectorAll(".add-version__line [data-do]")) {
      button.hidden = !buttons.includes(button.dataset.do);
    }
    if (state === "known") this.querySelector("[data-do=insist]").focus();
    if (state === "done") this.#leave();
  }

  #leave() {
    if (this.left) return;
    this.left = true;
    const { then } = this.dataset;
    // The list tells of it by itself; a page with a microphone is left as a whole.
    if (then === location.pathname) refresh();
    else location.assign(then || this.uploader.result.track.url);
  }
}

customElements.define("version-upload", VersionUpload);
