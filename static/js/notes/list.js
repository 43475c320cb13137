// The list of notes on the page, kept like the server's without disturbing whoever writes in it.

const isBusy = (element) =>
  element.contains(document.activeElement) ||
  [...element.querySelectorAll("textarea, select")].some((field) => field.value);

export class NoteList {
  constructor(list) {
    this.list = list;
  }

  get threads() {
    return [...this.list.querySelectorAll("[data-thread]")];
  }

  find(id) {
    return this.list.querySelector(`[data-thread="${CSS.escape(id)}"]`);
  }

  /** Ids of the threads that are not as these stamps say: {id: [stamp…]}. */
  lacking(stamps) {
    return Object.keys(stamps).filter((id) => {
      const said = this.find(id)?.querySelectorAll("[data-stamp]") ?? [];
      return [...said].map(({ dataset }) => dataset.stamp).join() !== stamps[id].join();
    });
  }

  /** Take what the server says of one thread; `html` is null where it is gone. */
  take(id, html) {
    const old = this.find(id);
    if (html === null) {
      old?.remove();
      return null;
    }
    const made = document.createRange().createContextualFragment(html).firstElementChild;
    if (old) {
      this.#renew(old, made);
      this.#place(old);
      return old;
    }
    this.#place(made);
    globalThis.htmx?.process(made);
    return made;
  }

  #place(thread) {
    const order = ({ dataset }) => [Number(dataset.at), dataset.thread];
    const [at, id] = order(thread);
    const next = this.threads.find((other) => {
      const [otherAt, otherId] = order(other);
      return other !== thread && (otherAt > at || (otherAt === at && otherId > id));
    });
    // Moving an element takes the focus from what is in it.
    if (next ? thread.nextElementSibling === next : this.list.lastElementChild === thread) return;
    this.list.insertBefore(thread, next ?? null);
  }

  #renew(old, made) {
    for (const name of ["data-at", "data-until", "data-note", "data-at-ms", "data-until-ms"]) {
      copy(old, made, name);
    }
    for (const name of ["data-state", "data-version", "data-who", "data-initials"]) {
      copy(old, made, name);
    }
    this.#renewSaid(old.querySelector("[data-keyed]"), made.querySelector("[data-keyed]"));
    const [answer, newAnswer] = [old, made].map((each) => each.querySelector(".note__answer"));
    if (answer && !newAnswer && !isBusy(answer)) answer.remove();
    else if (!answer && newAnswer) old.append(newAnswer);
  }

  #renewSaid(old, made) {
    const known = new Map([...old.children].map((each) => [each.dataset.key, each]));
    let place = null;
    for (const said of [...made.children]) {
      const mine = known.get(said.dataset.key);
      known.delete(said.dataset.key);
      if (mine && (mine.dataset.stamp === said.dataset.stamp || mine.querySelector("form"))) {
        place = mine;
        continue;
      }
      if (mine) replace(mine, said);
      else old.insertBefore(said, place ? place.nextSibling : old.firstChild);
      globalThis.htmx?.process(said);
      place = said;
    }
    for (const gone of known.values()) gone.remove();
  }
}

/** Put `made` in the place of `old`, and the focus with it. */
function replace(old, made) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(made);
  if (hadFocus) made.querySelector("a, button")?.focus();
}

function copy(old, made, name) {
  const value = made.getAttribute(name);
  if (value === null) old.removeAttribute(name);
  else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
