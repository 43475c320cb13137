// <blind-test>: the sheet of an ABX test. Three steps: the pair, the trials, the result.

import { player } from "../../playback/player.js";
import { BlindTest } from "../blind-test.js";

const percent = (share) => {
  const value = 100 * share;
  if (value < 0.1) return "fewer than 0.1 %";
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(1)} %`;
};

class BlindTestSheet extends HTMLElement {
  connectedCallback() {
    if (this.dialog) return;
    this.dialog = this.querySelector("dialog");
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    const script = document.getElementById("versions-data");
    this.versions = JSON.parse(script.textContent).filter(({ playable }) => playable);
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#begin(event));
    this.dialog.addEventListener("click", (event) => this.#press(event.target));
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("close", () => this.#leave());
    this.parts.repeat.addEventListener("change", ({ target }) => this.test.repeat(target.checked));
    player.addEventListener("change", () => this.#show());
  }

  disconnectedCallback() {
    this.#leave();
  }

  open() {
    const { a, b, bars } = this.parts;
    const same = document.querySelector("fair-compare [data-part=bar]");
    bars.hidden = same?.closest("label").hidden ?? true;
    this.form.elements.bar.checked = same?.checked ?? true;
    for (const [select, at] of [
      [a, 0],
      [b, 1],
    ]) {
      select.replaceChildren(...this.versions.map((one) => this.#option(one)));
      select.selectedIndex = at;
    }
    this.#step("pair");
    this.dialog.showModal();
  }

  #option({ version_id: id, number, label }) {
    return new Option(label ? `v${number} ${label}` : `v${number}`, id);
  }

  #step(name) {
    for (const step of this.querySelectorAll("[data-step]")) {
      step.hidden = step.dataset.step !== name;
    }
    this.parts.trouble.textContent = "";
  }

  async #begin(event) {
    event.preventDefault();
    const { a, b, bar, live } = this.form.elements;
    const find = (id) => this.versions.find((one) => one.version_id === id);
    if (a.value === b.value) return this.#fail({ message: "Choose two different versions." });
    const { track, token } = this.dataset;
    const sameBar = bar.checked;
    this.test = new BlindTest({ track, token, a: find(a.value), b: find(b.value), sameBar });
    this.isLive = live.checked;
    this.parts.repeat.checked = this.test.repeats;
    const done = await this.#busy(() => this.test.begin(), "The sound of both is loading …");
    if (!done) return undefined;
    this.#step("trial");
    this.querySelector("[data-hear=a]").focus();
    return this.#show();
  }

  #press(target) {
    const button = target.closest("button");
    if (!button || button.disabled) return;
    const { hear, say, do: action } = button.dataset;
    if (hear) this.#hear(hear);
    if (say) this.#say(say);
    if (action === "pause") player.toggle();
    if (action === "finish") this.#finish();
    if (action === "keep") this.#keep();
    if (action === "again") this.#again();
  }

  #key(event) {
    const key = event.key.toLowerCase();
    const isOpen = !this.querySelector("[data-step=trial]").hidden;
    if (!isOpen || !["a", "b", "x"].includes(key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#hear(key);
  }

  async #hear(side) {
    const heard = this.test.hear(side);
    this.#show();
    await heard.catch((error) => this.#fail(error));
  }

  async #say(side) {
    let right = false;
    const done = await this.#busy(async () => {
      right = await this.test.answer(side);
    });
    if (!done) return undefined;
    this.parts.said.textContent = this.isLive ? (right ? "Right." : "Wrong.") : "Noted.";
    if (this.test.isFull) return this.#finish();
    return this.#show();
  }

  async #finish() {
    let told = null;
    const done = await this.#busy(async () => {
      // A guest's name may follow: the test is finished when the sheet is left.
      told = await (this.parts.name ? this.test.score() : this.test.finish(""));
    });
    if (!done) return;
    player.pause();
    const { result, chance } = this.parts;
    this.#step("result");
    result.textContent = `${told.correct} of ${told.trials} right`;
    const often = percent(told.p_value);
    chance.textContent = `Somebody who only guesses does as well in ${often} of such tests.`;
    result.focus();
  }

  async #keep() {
    if (await this.#sign()) this.dialog.close();
  }

  async #again() {
    if (!(await this.#sign())) return;
    await this.#leave();
    this.#step("pair");
  }

  #sign() {
    if (!this.parts.name) return true;
    return this.#busy(() => this.test.finish(this.parts.name.value));
  }

  async #leave() {
    const { test } = this;
    this.test = null;
    if (test?.trials && this.parts.name) test.finish(this.parts.name.value).catch(() => {});
    await test?.leave();
  }

  #show() {
    if (!this.test) return;
    const { test, parts } = this;
    for (const button of this.querySelectorAll("[data-hear]")) {
      button.setAttribute("aria-pressed", String(button.dataset.hear === test.heard));
    }
    parts.count.textContent = `Which one is X? Answer ${test.trials + 1}`;
    parts.score.textContent =
      this.isLive && test.trials ? `${test.correct} of ${test.trials} right` : "";
    parts.repeat.checked = test.repeats;
    this.querySelector("[data-do=pause]").textContent = player.wanted ? "Pause" : "Play";
    this.querySelector("[data-do=finish]").disabled = test.trials === 0;
  }

  /** Do something that takes a moment; true when it went well. */
  async #busy(action, meanwhile = "") {
    this.parts.trouble.textContent = "";
    this.parts.loading.textContent = meanwhile;
    this.dialog.setAttribute("aria-busy", "true");
    try {
      await action();
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    } finally {
      this.dialog.removeAttribute("aria-busy");
      this.parts.loading.textContent = "";
    }
  }

  #fail(error) {
    if (error.name !== "AbortError") this.parts.trouble.textContent = error.message;
  }
}

customElements.define("blind-test", BlindTestSheet);
