// <transcript-lines data-version="…" data-next="…">: words that follow the player. The word that is
// heard is marked, and its passage kept in sight until a hand scrolls; a press on a word plays from
// there. The rest of long ones is fetched once somebody reads or listens; words become elements of
// their own where they are seen.

import { player } from "../../playback/player.js";
import { last, spread } from "../words.js";

const NOW = "transcript__word--now";

class TranscriptLines extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("ol");
    this.button = this.querySelector("[data-follow]");
    this.follows = true;
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) spread(target);
    });
    this.#take([...this.box.children]);
    for (const name of ["time", "track", "change"]) {
      player.addEventListener(name, () => this.#follow(), { signal });
    }
    for (const name of ["wheel", "touchmove"]) {
      this.box.addEventListener(name, () => this.#byHand(), { signal, passive: true });
    }
    this.box.addEventListener("scroll", () => this.#more(), { signal, passive: true });
    this.box.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.box.addEventListener("click", (event) => this.#press(event), { signal });
    this.button?.addEventListener("click", () => this.#followAgain(), { signal });
    this.#follow();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.seen.disconnect();
  }

  get isPlaying() {
    return player.is(this.dataset.version);
  }

  #take(lines) {
    this.lines = [...(this.lines ?? []), ...lines];
    this.begins = this.lines.map((line) => Number(line.dataset.begin));
    for (const line of lines) this.seen.observe(line);
  }

  /** Fetch what comes next, page by page, until it is whole. */
  async #more() {
    if (this.fetching || !this.dataset.next) return;
    this.fetching = true;
    try {
      while (this.dataset.next && this.isConnected) {
        const answer = await fetch(this.dataset.next, { signal: this.gone.signal });
        if (!answer.ok) break;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const lines = [...page.querySelectorAll("[data-part] > li")];
        this.dataset.next = page.querySelector("[data-next-part]")?.getAttribute("href") ?? "";
        for (const link of lines.map((line) => line.querySelector("a"))) {
          link.setAttribute("href", link.hash);
        }
        this.box.append(...lines);
        this.#take(lines);
      }
    } catch (error) {
      if (error.name !== "AbortError") this.dataset.next = ""; // the link to all of it stays
    } finally {
      this.fetching = false;
    }
  }

  #follow() {
    const at = this.isPlaying ? last(this.begins, player.position + 0.05) : -1;
    if (this.isPlaying && player.wanted) this.#more();
    if (at !== this.current) {
      this.lines[this.current]?.removeAttribute("aria-current");
      this.current = at;
      this.lines[at]?.setAttribute("aria-current", "true");
      if (at >= 0 && this.follows) this.#show(this.lines[at]);
    }
    this.#mark(this.lines[at]);
  }

  #mark(line) {
    const words = line ? spread(line) : [];
    const times = words.map((word) => Number(word.dataset.at));
    const word = words[last(times, player.position + 0.05)];
    if (word === this.word) return;
    this.word?.classList.remove(NOW);
    word?.classList.add(NOW);
    this.word = word;
  }

  #byHand() {
    if (!this.isPlaying) return;
    this.follows = false;
    if (this.button) this.button.hidden = false;
  }

  #followAgain() {
    this.follows = true;
    this.button.hidden = true;
    this.box.focus({ preventScroll: true });
    if (this.lines[this.current]) this.#show(this.lines[this.current]);
  }

  /** Scroll the box alone, never the page. */
  #show(line) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = line.offsetTop - (this.box.clientHeight - line.offsetHeight) / 2;
    this.box.scrollTo({ top, behavior: still ? "instant" : "smooth" });
  }

  #press(event) {
    const word = event.target.closest(".transcript__word");
    if (word && !String(getSelection())) this.#play(Number(word.dataset.at));
  }

  /** Left and right go from word to word, Enter plays from there. */
  #key(event) {
    if (event.target.closest("a")) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = event.target.closest(".transcript__word");
    if (here && event.key === "Enter") return this.#play(Number(here.dataset.at));
    if (!step)
      return ["ArrowUp", "ArrowDown", "PageUp", "PageDown"].includes(event.key) && this.#byHand();
    event.preventDefault();
    const line = here?.closest("li") ?? this.lines[Math.max(0, this.current ?? 0)];
    const words = spread(line);
    const next = here ? words[words.indexOf(here) + step] : (this.word ?? words[0]);
    const beside = this.lines[this.lines.indexOf(line) + step];
    const found = next ?? (beside && spread(beside).at(step > 0 ? 0 : -1));
    found?.focus();
  }

  #play(seconds) {
    const data = document.getElementById("player-data");
    if (this.isPlaying) player.seek(seconds);
    if (this.isPlaying) player.play();
    else if (data) player.open(JSON.parse(data.textContent), seconds);
  }
}

customElements.define("transcript-lines", TranscriptLines);
