// <give-shares data-currency="EUR" data-digits="2">: sliders beside the number fields, which move each
// other so that they make a whole; the cents of each share as one moves them; and the shares of last
// time, remembered in this browser. Without this module the number fields alone are sent.

import { recall, remember } from "../../core/storage.js";
import { moved, readAmount, split } from "../splitting.js";

class GiveShares extends HTMLElement {
  connectedCallback() {
    this.digits = Number(this.dataset.digits);
    this.words = new Intl.NumberFormat("en", {
      style: "currency",
      currency: this.dataset.currency,
    });
    this.rows = new Map(
      [...this.querySelectorAll("[data-share]")].map((row) => [row.dataset.share, this.#row(row)]),
    );
    this.amount = this.querySelector("[name=amount]");
    this.sum = this.querySelector("[data-part=sum]");
    this.key = `giving.${[...this.rows.keys()].join("-")}`;
    this.#recall();
    this.addEventListener("input", (event) => this.#changed(event.target));
    if (!("keeps" in this.dataset)) {
      this.closest("form").addEventListener("submit", () => remember(this.key, this.#shares()));
    }
    this.#show();
  }

  #row(row) {
    return {
      slider: row.querySelector("[type=range]"),
      field: row.querySelector("[type=number]"),
      cents: row.querySelector("output"),
    };
  }

  /** Begin as last time, unless the page has shares of its own: sent and come back, or kept. */
  #recall() {
    const before = recall(this.key);
    const isSent = this.querySelector(".field__error") !== null;
    if (isSent || !before || "keeps" in this.dataset) return;
    const names = [...this.rows.keys()];
    const isWhole = names.reduce((sum, name) => sum + (before[name] ?? 0), 0) === 10_000;
    if (isWhole && names.every((name) => Number.isInteger(before[name]))) this.#set(before);
  }

  #changed(target) {
    if (target === this.amount && target.value.trim()) {
      for (const preset of this.querySelectorAll("[name=preset]")) preset.checked = false;
    } else if (target.name === "preset") {
      this.amount.value = "";
    }
    for (const [name, { slider, field }] of this.rows) {
      if (target === slider) this.#set(moved(this.#shares(), name, Number(slider.value) * 100));
      if (target === field) slider.value = field.value;
    }
    this.#show();
  }

  #shares() {
    return Object.fromEntries(
      [...this.rows].map(([name, { field }]) => [name, Math.round(Number(field.value) * 100)]),
    );
  }

  #set(shares) {
    for (const [name, { field, slider }] of this.rows) {
      field.value = String(shares[name] / 100);
      slider.value = field.value;
    }
  }

  #minor() {
    const chosen = this.querySelector("[name=preset]:checked")?.value ?? "";
    return readAmount(this.amount.value.trim() || chosen, this.digits);
  }

  #show() {
    const shares = this.#shares();
    const sum = Object.values(shares).reduce((all, each) => all + each, 0);
    const amount = this.#minor();
    const parts = sum === 10_000 && amount !== null ? split(amount, shares) : {};
    for (const [name, { slider, cents }] of this.rows) {
      slider.style.setProperty("--so-far", String(Number(slider.value) / 100));
      cents.textContent = name in parts ? this.#told(parts[name]) : "–";
    }
    const isWhole = sum === 10_000;
    this.sum.textContent = isWhole
      ? "The shares make 100 percent together."
      : `The shares make ${sum / 100} percent. They have to make 100.`;
    this.sum.classList.toggle("field__error", !isWhole);
  }

  #told(minor) {
    return this.words.format(minor / 10 ** this.digits);
  }
}

customElements.define("give-shares", GiveShares);
