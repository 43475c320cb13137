// <audio-player>: the bar at the foot of every page. It stays while pages change.

import { clock } from "../../core/words.js";
import { say } from "../../playback/engine/plain-link.js";
import { volume } from "../../playback/engine/volume.js";
import { player } from "../../playback/player.js";
import { queue } from "../../queue/queue.js";
import { PlayerControls } from "../controls.js";
import { connectKeyboard } from "../keyboard.js";

function styled(address) {
  if (document.querySelector(`link[href="${address}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
}

/** The full player is fetched when somebody wants it. */
async function loadSheet() {
  const sheet = document.getElementById("now-playing");
  await Promise.all([styled(sheet.dataset.style), import("./now-playing.js")]);
  return sheet;
}

class AudioPlayer extends PlayerControls {
  /** What plays: lib/player.js, for scripts of the page that have no other way to it. */
  get player() {
    return player;
  }

  /** How loud: lib/engine/volume.js. */
  get volume() {
    return volume;
  }

  connectedCallback() {
    this.connectParts();
    const { audio, open, dismiss } = this.parts;
    open.addEventListener("click", () => this.#open());
    open.addEventListener("pointerenter", loadSheet);
    dismiss.addEventListener("click", () => player.close());

    // Whoever signs out leaves no trace of what was played.
    document.addEventListener("submit", (event) => {
      if (!("forgets" in event.target.dataset)) return;
      document.dispatchEvent(new CustomEvent("queue:forget"));
      player.close();
      queue.forget();
    });

    queue.begin();
    player.begin(audio);
    connectKeyboard(() => document.getElementById("keys")?.showModal());
    this.showAll();
    this.#follow();
  }

  async #open() {
    const sheet = await loadSheet();
    if (!sheet.open && player.track) sheet.showModal();
  }

  /** A listener who is signed in has the queue on every device. */
  async #follow() {
    const { person } = document.documentElement.dataset;
    if (!person) return;
    const { connectQueue } = await import("../../queue/sync.js");
    connectQueue(person);
  }

  /** With the first piece come its companions. */
  async #accompany() {
    if (this.isAccompanied) return;
    this.isAccompanied = true;
    const { accompany } = await import("../companions.js");
    accompany(this, this.parts, () => this.#open());
  }

  showTrack() {
    if (player.track) this.#accompany();
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
}

customElements.define("audio-player", AudioPlayer);
