// <upload-drop>: drop masters on the page or pick them; one row for each.

import "./job-progress.js";

import { api } from "../../core/api.js";
import { recall, remember } from "../../core/storage.js";
import { bytes } from "../../core/words.js";
import { dropped } from "../folders.js";
import { UploadRow } from "../row.js";

const FILES_AT_ONCE = 2;

class UploadDrop extends HTMLElement {
  async connectedCallback() {
    this.rows = [];
    this.zone = this.querySelector("[data-zone]");
    this.list = this.querySelector("[data-rows]");
    this.input = this.querySelector("input[type=file]");
    this.told = this.querySelector("[data-limits]");
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.input.addEventListener("change", () => this.#take(this.input.files), { signal });
    for (const name of ["dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => this.#drag(event), { signal });
    }
    addEventListener("beforeunload", (event) => this.#warn(event), { signal });
    this.#rememberChoice(signal);
    await this.#tellLimits();
    // Somebody was quicker than this module.
    if (this.input.files.length && !signal.aborted) this.#take(this.input.files);
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
    const said = this.querySelector("[data-said]");
    said.textContent = "";
    try {
      const { files, others } = await dropped(transfer);
      this.#take(files);
      if (others === 1) said.textContent = "One file in it is no music and was left out.";
      else if (others) said.textContent = `${others} files in it are no music and were left out.`;
      else if (!files.length) said.textContent = "There is no music in this folder.";
    } catch {
      said.textContent = "This folder cannot be read. Choose the files in it instead.";
    }
  }

  #take(files) {
    for (const file of files) {
      const row = new UploadRow(file, this);
      this.rows.push(row);
      this.list.append(row.element);
      row.refuse(this.#objection(file));
    }
    this.input.value = "";
    this.querySelector("[data-after]").hidden = false;
    this.next();
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
