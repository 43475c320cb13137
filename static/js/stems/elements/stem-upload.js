// <stem-upload version="…">: files that are dropped become stems of a version, two at a time.

import "./stem-states.js";

import { refresh } from "../../core/navigation.js";
import { sentenceOf, shareOf, titleFrom } from "../../uploads/texts.js";
import { Uploader } from "../../uploads/uploader.js";

const AT_ONCE = 2;
const BUSY = ["comparing", "looking", "sending", "finishing"];
const BUTTONS = { waiting: ["cancel"], known: ["insist", "cancel"], failed: ["retry", "cancel"] };

const GUESSES = [
  ["vocal", /vox|vocal|voice|choir|sing|lead ?v|\bbv\b|acapella/i],
  ["drum", /drum|kick|snare|hat|perc|tom|cymbal|clap|beat|overhead/i],
  ["bass", /bass|\bsub\b|808/i],
  ["guitar", /guit|\bgtr|strum|\bac\b/i],
  ["synth", /synth|key|pad|piano|organ|rhodes|string|arp|pluck|lead/i],
  ["fx", /\bfx\b|sfx|effect|riser|impact|noise|ambien|atmo|foley/i],
];

/** What a file most likely is, by its name. */
export const roleOf = (name) => {
  const words = name.replace(/\.[^.]+$/, "").replace(/[_\-.]+/g, " ");
  return GUESSES.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
};

class StemUpload extends HTMLElement {
  connectedCallback() {
    this.sending = [];
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.#take(this.input.files), { signal });
    for (const name of ["dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => this.#drag(event), { signal });
    }
    addEventListener("beforeunload", (event) => this.#isBusy && event.preventDefault(), { signal });
    // Somebody was quicker than this module.
    if (this.input.files.length) this.#take(this.input.files);
  }

  disconnectedCallback() {
    this.listening.abort();
    for (const { uploader } of this.sending) if (BUSY.includes(uploader.state)) uploader.pause();
  }

  get #isBusy() {
    return this.sending.some(({ uploader }) => BUSY.includes(uploader.state));
  }

  #drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const zone = this.querySelector("[data-zone]");
    zone.toggleAttribute("data-over", event.type === "dragover");
    if (event.type === "drop") this.#take(event.dataTransfer.files);
  }

  #take(files) {
    for (const file of files) this.#add(file);
    this.input.value = "";
    this.#next();
  }

  #add(file) {
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part=${name}]`);
    part("title").value = titleFrom(file.name).slice(0, 80);
    part("title").setAttribute("aria-label", `Title of ${file.name}`);
    part("role").value = roleOf(file.name);
    part("role").setAttribute("aria-label", `Role of ${file.name}`);
    const uploader = new Uploader(file, () => ({
      stem_of: this.getAttribute("version"),
      role: part("role").value,
      title: part("title").value.trim(),
    }));
    const sent = { uploader, row };
    uploader.addEventListener("change", () => this.#show(sent));
    row.addEventListener("click", (event) => this.#press(sent, event));
    this.sending.push(sent);
    this.querySelector("[data-rows]").append(row);
    this.#show(sent);
  }

  #next() {
    const busy = this.sending.filter(({ uploader }) => BUSY.includes(uploader.state)).length;
    const waiting = this.sending.filter(({ uploader }) => uploader.state === "waiting");
    for (const { uploader } of waiting.slice(0, Math.max(0, AT_ONCE - busy))) uploader.start();
  }

  async #press(sent, event) {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action === "retry") sent.uploader.start();
    if (action === "insist") sent.uploader.insist();
    if (action !== "cancel") return;
    sent.row.remove();
    this.sending = this.sending.filter((one) => one !== sent);
    await sent.uploader.cancel();
    this.#next();
  }

  #show({ uploader, row }) {
    const { state } = uploader;
    row.dataset.state = state;
    row.querySelector("[data-part=bar]").value = shareOf(uploader);
    const status = row.querySelector("[data-part=status]");
    const sentence = state === "done" ? "It is here and is being prepared." : sentenceOf(uploader);
    if (status.textContent !== sentence) status.textContent = sentence;
    const buttons = BUTTONS[state] ?? (BUSY.includes(state) ? ["cancel"] : []);
    for (const button of row.querySelectorAll("[data-do]")) {
      button.hidden = !buttons.includes(button.dataset.do);
    }
    if (state === "done") this.#arrive();
  }

  /** The list above tells of them once all have arrived. */
  #arrive() {
    this.#next();
    const open = this.sending.filter(({ uploader }) => uploader.state !== "done");
    if (!open.length) refresh();
  }
}

customElements.define("stem-upload", StemUpload);
