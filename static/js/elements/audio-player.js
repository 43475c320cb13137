// <audio-player>: the bar at the foot of every page. It stays while pages change.

import { PlayerControls } from "../lib/controls.js";
import { say } from "../lib/engine/plain-link.js";
import { connectKeyboard } from "../lib/keyboard.js";
import { connectMediaSession } from "../lib/media-session.js";
import { player } from "../lib/player.js";
import { queue } from "../lib/queue.js";
import { sleep } from "../lib/sleep.js";
import { connectTitle } from "../lib/title.js";
import { connectSwipes } from "../lib/touch.js";
import { clock } from "../lib/words.js";

const LAST_SECONDS = 60; // of the sleep timer: then the seconds are shown, before whole minutes

const loadSheet = () => import("./now-playing.js");

class AudioPlayer extends PlayerControls {
  connectedCallback() {
    this.connectParts();
    const { audio, open, dismiss } = this.parts;
    open.addEventListener("click", () => this.#open());
    open.addEventListener("pointerenter", loadSheet);
    dismiss.addEventListener("click", () => player.close());
    sleep.addEventListener("change", () => this.#showSleep());

    // Whoever signs out leaves no trace of what was played.
    document.addEventListener("submit", (event) => {
      if (!("forgets" in event.target.dataset)) return;
      document.dispatchEvent(new CustomEvent("queue:forget"));
      player.close();
      queue.forget();
    });

    queue.begin();
    player.begin(audio);
    sleep.begin();
    connectMediaSession();
    connectTitle();
    connectKeyboard(() => document.getElementById("keys")?.showModal());
    connectSwipes(this, {
      left: () => queue.next(),
      right: () => queue.previous(),
      up: () => this.#open(),
    });
    this.showAll();
    this.#showSleep();
    this.#follow();
  }

  /** The full player is fetched when somebody wants it. */
  async #open() {
    const sheet = document.getElementById("now-playing");
    await loadSheet();
    if (!sheet.open && player.track) sheet.showModal();
  }

  /** A listener who is signed in has the queue on every device. */
  async #follow() {
    if (!this.dataset.person) return;
    const { connectQueue } = await import("../lib/queue-sync.js");
    connectQueue(this.dataset.person);
  }

  showTrack() {
    this.hidden = !player.track;
    if (player.track) this.parts.link.href = player.track.url;
    super.showTrack();
  }

  showState() {
    super.showState();
    const { note } = this.parts;
    const waits = player.awaited !== null;
    const words = waits
      ? `${clock(player.awaited)} is still being prepared. It plays as soon as it is there.`
      : player.trouble;
    say(note, words, player.file);
    this.toggleAttribute("data-waits", waits);
  }

  #showSleep() {
    const { asleep, left } = this.parts;
    asleep.hidden = sleep.until === null;
    if (sleep.left === null) left.textContent = "";
    else if (sleep.left <= LAST_SECONDS) left.textContent = clock(sleep.left);
    else left.textContent = `${Math.ceil(sleep.left / 60)} min`;
  }
}

customElements.define("audio-player", AudioPlayer);
