// <queue-panel>: what plays and what follows, in order. Rows are moved by dragging their grip, or
// with the arrow keys while it has the focus.

import { connectGrips } from "../../core/grips.js";
import { clock } from "../../core/words.js";
import { player } from "../../playback/player.js";
import { connectSwitch } from "../continuing.js";
import { queue } from "../queue.js";
import { connectSaving } from "../saving.js";

const KEYS = { ArrowUp: -1, ArrowDown: 1 };

class QueuePanel extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-part=list]");
    this.row = document.getElementById("queue-row").content.firstElementChild;
    queue.addEventListener("change", () => this.#show());
    player.addEventListener("change", () => this.#mark());
    this.querySelector("[data-part=clear]").addEventListener("click", () => {
      queue.clear();
      this.#say("The queue is empty.");
    });
    connectSaving(this.#part("clear"));
    connectSwitch(this.#part("continues"));
    this.querySelector("[data-part=here]").addEventListener("click", () => player.play());
    this.list.addEventListener("click", (event) => this.#press(event));
    this.list.addEventListener("keydown", (event) => this.#key(event));
    connectGrips(this.list, {
      held: (row) => {
        this.held = row;
      },
      dropped: (row) => {
        this.held = null;
        queue.move(row.dataset.id, [...this.list.children].indexOf(row));
      },
    });
    this.#show();
    // Beside the cover there is room; below it, what plays comes first.
    const current = this.list.querySelector("[aria-current]");
    if (matchMedia("(width >= 56rem)").matches) {
      current?.scrollIntoView({ block: "nearest" });
    }
  }

  #show() {
    if (this.held) return;
    const focused = document.activeElement;
    const held = focused?.closest?.(".queue__row")?.dataset.id;
    const rows = new Map([...this.list.children].map((row) => [row.dataset.id, row]));
    this.list.replaceChildren(
      ...queue.items.map((item, index) => this.#fill(rows.get(item.queue_id), item, index)),
    );
    if (held && focused.isConnected) focused.focus();
    const left = queue.items.slice(queue.index + 1);
    const seconds = left.reduce((sum, item) => sum + (item.duration_ms ?? 0) / 1000, 0);
    const sum = left.length ? `${left.length} to come, ${clock(seconds)}` : "";
    this.#part("sum").textContent = sum;
    this.#part("empty").hidden = left.length > 0;
    this.#part("clear").hidden = queue.items.length < 2;
    this.#mark();
  }

  #fill(known, item, index) {
    const row = known ?? this.row.cloneNode(true);
    const [grip, , remove] = row.querySelectorAll("button");
    const place = `${index + 1} of ${queue.items.length}`;
    row.dataset.id = item.queue_id;
    grip.setAttribute("aria-label", `Move ${item.title}, ${place}: arrow up or down`);
    remove.setAttribute("aria-label", `Take ${item.title} out of the queue`);
    const image = row.querySelector("img");
    image.hidden = !item.cover_thumb;
    if (item.cover_thumb && image.getAttribute("src") !== item.cover_thumb) {
      image.src = item.cover_thumb;
    }
    image.onerror = () => (image.hidden = true);
    row.querySelector(".queue__title").textContent = item.title;
    row.querySelector(".queue__artist").textContent = item.artist;
    row.querySelector(".queue__reason").textContent = item.reason ?? "";
    row.querySelector(".queue__time").textContent = clock(
      Math.round((item.duration_ms ?? 0) / 1000),
    );
    return row;
  }

  #mark() {
    for (const row of this.list.children) {
      const isCurrent = row.dataset.id === queue.current;
      if (isCurrent) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      row.toggleAttribute("data-playing", isCurrent && player.wanted);
    }
    const other = player.wanted ? "" : queue.elsewhere;
    this.#part("elsewhere").hidden = !other;
    this.#part("device").textContent = `On ${other}.`;
  }

  #press(event) {
    const row = event.target.closest(".queue__row");
    const pressed = event.target.closest("button");
    if (!row || !pressed) return;
    const { id } = row.dataset;
    if (pressed.matches(".queue__play")) {
      if (id === queue.current) player.toggle();
      else queue.go(id);
    } else if (pressed.matches(".queue__remove")) {
      const after = row.nextElementSibling ?? row.previousElementSibling;
      queue.remove(id);
      after?.querySelector(".queue__remove").focus();
      this.#say("Taken out.");
    }
  }

  #key(event) {
    const grip = event.target.closest(".queue__grip");
    if (!grip || !KEYS[event.key]) return;
    event.preventDefault();
    const { id } = grip.closest(".queue__row").dataset;
    const from = queue.items.findIndex((item) => item.queue_id === id);
    const to = Math.min(queue.items.length - 1, Math.max(0, from + KEYS[event.key]));
    if (to !== from) queue.move(id, to);
    grip.focus();
    this.#say(`${queue.items[to].title}, ${to + 1} of ${queue.items.length}`);
  }

  #part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  #say(sentence) {
    this.#part("said").textContent = sentence;
  }
}

customElements.define("queue-panel", QueuePanel);
