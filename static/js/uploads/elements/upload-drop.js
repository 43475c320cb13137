// <upload-drop>: drop masters on the page or pick them; one row for each.

import "./job-progress.js";

import { api } from "../../core/api.js";
import { recall, remember } from "../../core/storage.js";
import { bytes } from "../../core/words.js";
import { bounded, chooseFolder, dropped, leftOut } from "../folders.js";
import { Making } from "../making.js";
import { UploadRow } from "../row.js";

const FILES_AT_ONCE = 2;

class UploadDrop extends HTMLElement {
  async connectedCallback() {
    this.rows = [];
    this.making = new Making(this);
    this.zone = this.querySelector("[data-zone]");
    this.list = this.querySelector("[data-rows]");
    this.input = this.querySelector("input[type=file]");
    this.told = this.querySelector("[data-limits]");
    this.listening = new AbortController();
    const { signal } = this.listening;
    const take = () => this.#choose([...this.input.files]);
    this.input.addEventListener("change", take, { signal });
    const folder = this.querySelector("[data-folder]");
    folder.addEventListener("click", () => chooseFolder((found) => this.#receive(found)));
    for (const name of ["dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => this.#drag(event), { signal });
    }
    addEventListener("beforeunload", (event) => this.#warn(event), { signal });
    this.#rememberChoice(signal);
    await this.#tellLimits();
    // Somebody was quicker than this module.
    if (this.input.files.length && !signal.aborted) take();
  }

  disconnectedCallback() {
    this.listening.abort();
    for (const row of this.rows) row.leave();
  }

  async #tellLimits() {
    try {
      this.limits = await api("GET", "/limits/");
    } catch {
      return;
    }
    const { max_bytes: most, quota } = this.limits;
    this.told.textContent = `Up to ${bytes(most)} a file. You have ${bytes(quota.left)} left.`;
  }

  #drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const within = event.type === "dragover";
    this.zone.toggleAttribute("data-over", within);
    if (event.type === "drop") this.#drop(event.dataTransfer);
  }

  async #drop(transfer) {
    this.#say("");
    try {
      await this.#receive(await dropped(transfer));
    } catch {
      this.#say("This folder cannot be read. Choose the files in it instead.");
    }
  }

  /** What was dropped, or a folder that was chosen. */
  async #receive(found) {
    if (found.folder && found.files.length) await this.making.ofFolder(found);
    else this.#take(found.files);
    if (found.folder && !found.files.length) this.#say("There is no music in this folder.");
    else this.#say(leftOut(found));
  }

  #choose(chosen) {
    const found = bounded(chosen);
    this.#take(found.files);
    this.#say(leftOut({ ...found, others: 0 }));
  }

  #say(sentence) {
    this.querySelector("[data-said]").textContent = sentence;
  }

  #take(files) {
    this.show(files);
    this.making.offer();
    this.next();
  }

  /** A row for each file, not begun yet. */
  show(files) {
    const rows = files.map((file) => new UploadRow(file, this));
    for (const row of rows) {
      this.rows.push(row);
      this.list.append(row.element);
      row.refuse(this.#objection(row.file));
    }
    this.input.value = "";
    this.querySelector("[data-after]").hidden = false;
    return rows;
  }

  /** A sentence where a file cannot be taken, before a byte of it is sent. */
  #objection(file) {
    if (file.size === 0) return "This file is empty. Choose the original.";
    if (/^(image|text)\//.test(file.type)) return "This is not a sound file. Choose the master.";
    if (!this.limits) return "";
    const { max_bytes: most, quota } = this.limits;
    const size = bytes(file.size);
    if (file.size > most) return `This file has ${size}; the most Nexus takes is ${bytes(most)}.`;
    if (file.size <= quota.left) return "";
    return `This file has ${size} and you have ${bytes(quota.left)} left. Delete something first.`;
  }

  /** Start whoever waits, two files at a time. */
  next() {
    const busy = this.rows.filter((row) => row.isBusy).length;
    const waiting = this.rows.filter((row) => row.isWaiting);
    for (const row of waiting.slice(0, Math.max(0, FILES_AT_ONCE - busy))) row.start();
  }

  get visibility() {
    return this.querySelector("[name=visibility]:checked")?.value ?? "private";
  }

  #rememberChoice(signal) {
    const last = recall("visibility");
    const radio = last && this.querySelector(`[name=visibility][value="${CSS.escape(last)}"]`);
    if (radio) radio.checked = true;
    const keep = (event) => {
      if (event.target.name !== "visibility") return;
      remember("visibility", event.target.value);
      for (const row of this.rows) row.inherit(event.target.value);
    };
    this.addEventListener("change", keep, { signal });
  }

  #warn(event) {
    if (this.rows.some((row) => row.isBusy)) event.preventDefault();
  }
}

customElements.define("upload-drop", UploadDrop);
