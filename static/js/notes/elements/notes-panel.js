// <notes-panel src="…" track="…" version="3" key="…">: the notes on the version that is shown, live.
// The server draws the list for its viewer; the socket says which threads changed.

import { player } from "../../playback/player.js";
import { NoteActions } from "../actions.js";
import { fetchMore, fetchNotes } from "../fetch.js";
import { NoteList } from "../list.js";
import { Live } from "../live.js";
import { follow, openNamed, openNote, playFrom } from "../now.js";
import { Writing } from "../writing.js";

const LEAVING_MS = 700;
const hasModifier = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

class NoteRoom extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.filters = {};
    this.actions = new NoteActions(this, {
      did: (answer) => this.#take(answer),
      say: (words) => this.#say(words),
      signal,
    });
    this.addEventListener("click", (event) => this.#click(event), { signal });
    this.addEventListener("change", (event) => this.#narrow(event), { signal });
    player.addEventListener("time", () => this.#heard(), { signal });
    const heard = {
      "version:shown": ({ number }) => this.#show(number),
      "wave:range": (range) => this.#mark(range),
      "note:open": ({ id }) => openNote(this, id),
    };
    for (const [name, action] of Object.entries(heard)) {
      document.addEventListener(name, ({ detail }) => action(detail), { signal });
    }
    addEventListener("hashchange", () => openNamed(this), { signal });
    this.#load().then(() => openNamed(this));
  }

  disconnectedCallback() {
    this.listening.abort();
    this.forming?.abort();
    this.fetching?.abort();
    this.live?.close();
  }

  get #query() {
    const [v, token, as] = ["version", "key", "as"].map((name) => this.getAttribute(name));
    const words = { v, token, as };
    const all = Object.entries({ ...words, ...this.filters }).filter(([, word]) => word);
    return new URLSearchParams(all);
  }

  #show(number) {
    if (this.getAttribute("version") === String(number)) return;
    this.setAttribute("version", number);
    this.#load();
  }

  /** Fetch the room as it is now; what somebody is writing is kept. */
  async #load() {
    this.fetching?.abort();
    this.fetching = new AbortController();
    const { signal } = this.fetching;
    this.setAttribute("aria-busy", "true");
    try {
      this.#put(await fetchNotes(`${this.getAttribute("src")}?${this.#query}`, signal));
    } catch (error) {
      if (error.name !== "AbortError") this.#sorry(error.message);
    }
    if (!signal.aborted) this.removeAttribute("aria-busy");
  }

  #put(found) {
    const draft = this.writing?.draft;
    const focused = this.contains(document.activeElement) ? document.activeElement.name : null;
    this.live?.close();
    this.replaceChildren(found);
    globalThis.htmx?.process(this);
    this.notes = new NoteList(this.querySelector("[data-notes]"));
    this.#beginWriting(draft);
    if (focused) this.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
    this.#count();
    this.live = new Live(
      `/ws/tracks/${this.getAttribute("track")}/notes/?${this.#query}`,
      this.notes,
      {
        took: (message) => this.#take(message),
        ended: () => this.#endSoon(),
      },
    );
  }

  /** The room is closed, or is another one by now; perhaps the whole page is about to leave. */
  #endSoon() {
    setTimeout(() => this.isConnected && this.#load(), LEAVING_MS);
  }

  #beginWriting(draft) {
    this.forming?.abort();
    this.forming = new AbortController();
    const form = this.querySelector("[data-new]");
    this.writing =
      form &&
      new Writing(form, {
        draft,
        isShown: () => player.is(this.notes.list.dataset.version),
        wrote: (answer) => this.#take(answer)?.scrollIntoView({ block: "nearest" }),
        signal: this.forming.signal,
      });
  }

  #take({ id, html, words }) {
    const thread = this.notes.take(id, html);
    this.#count();
    if (words) this.#say(words);
    return thread;
  }

  #count() {
    const { length } = this.notes.threads;
    const more = this.querySelector("[data-more]") ? "+" : "";
    this.querySelector("[data-count]").textContent = `${length}${more}`;
    this.querySelector("[data-blank]").hidden = length > 0;
    const isQuiet = "folds" in this.dataset && !length && !Object.keys(this.filters).length;
    this.toggleAttribute("data-folded", isQuiet && !this.isUnfolded);
  }

  #unfold() {
    this.isUnfolded = true;
    this.#count();
  }

  #mark(range) {
    this.writing?.setRange(range);
    if (range && this.notes) this.#unfold();
  }

  #click(event) {
    if (hasModifier(event)) return;
    const pressed = event.target.closest("[data-seek], [data-all], [data-more], [data-unfold]");
    if (!pressed) return;
    event.preventDefault();
    if ("seek" in pressed.dataset) playFrom(pressed.closest("[data-thread]"));
    else if ("more" in pressed.dataset) this.#more(pressed);
    else if ("unfold" in pressed.dataset) {
      this.#unfold();
      this.querySelector("[data-new] textarea").focus();
    } else this.#filter({});
  }

  #narrow(event) {
    const form = event.target.closest("[data-filters]");
    if (form) this.#filter(Object.fromEntries(new FormData(form)));
  }

  #filter({ state, by, written }) {
    this.filters = { state, by, written };
    this.#load();
  }

  async #more(link) {
    const came = await fetchMore(link, this.getAttribute("src"), this.notes);
    if (came) this.#count();
    else this.#say("The later notes could not be fetched. Try again.");
  }

  #heard() {
    if (!this.notes) return;
    follow(this.notes);
    this.writing?.follow();
  }

  #say(words) {
    const place = this.querySelector("[data-said]");
    if (place) place.textContent = words;
  }

  #sorry(words) {
    this.live?.close();
    const line = document.createElement("p");
    line.className = "soft";
    line.textContent = words;
    this.replaceChildren(line);
  }
}

customElements.define("notes-panel", NoteRoom);
