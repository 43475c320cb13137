// <voice-recorder>: record with a microphone, listen, and hand the take on or throw it away.
// Fires `recorded` (detail {file}, null once discarded), which bubbles.

import { clock, spoken } from "../../core/words.js";
import { player } from "../../playback/player.js";
import { Level, offerDevices, Take } from "../recorder-parts.js";
import { listen, objection, Recording } from "../recording.js";

class VoiceRecorder extends HTMLElement {
  connectedCallback() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.level = new Level(this.parts.meter);
    this.take = new Take(this.parts.take);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("click", (event) => this.#press(event), { signal });
    addEventListener("beforeunload", (event) => this.#warn(event), { signal });
    this.parts.anew.hidden = !this.#closed;
    const reason = this.#closed ? "Open this page anew to use the microphone." : objection();
    this.dataset.state = reason ? "unavailable" : "idle";
    if (reason) this.#say(reason);
    else this.#listDevices();
  }

  disconnectedCallback() {
    this.listening.abort();
    clearInterval(this.ticking);
    this.recording?.close();
    this.take.forget();
  }

  /** True where this page was reached from one whose policy keeps the microphone shut. */
  get #closed() {
    const policy = document.permissionsPolicy ?? document.featurePolicy;
    return policy?.allowsFeature?.("microphone") === false && globalThis.isSecureContext;
  }

  #press(event) {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action === "start") this.#start();
    if (action === "pause") this.#pause();
    if (action === "resume") this.#resume();
    if (action === "stop") this.#stop();
    if (action === "discard") this.#discard();
  }

  async #start() {
    player.pause();
    this.take.forget();
    this.#turn("asking", "Waiting for the microphone.");
    try {
      const stream = await listen(this.parts.device.value);
      if (!this.isConnected) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      this.recording = new Recording(stream);
    } catch (error) {
      this.#turn("idle", error.message);
      return;
    }
    this.recording.addEventListener("level", ({ detail }) => this.#level(detail));
    this.recording.addEventListener("ended", () => this.#stop());
    this.recording.start();
    this.level.reset();
    this.ticking = setInterval(() => this.#tick(), 200);
    this.#turn("recording", "Recording.");
    this.#listDevices();
  }

  #pause() {
    this.recording.pause();
    this.#turn("paused", "Paused. Go on, or stop and listen to it.");
  }

  #resume() {
    this.recording.resume();
    this.#turn("recording", "Recording.");
  }

  async #stop() {
    if (!["recording", "paused"].includes(this.dataset.state)) return;
    clearInterval(this.ticking);
    this.#turn("stopping", "Just a moment.");
    const file = await this.recording.stop();
    this.#tick();
    if (!file.size) return this.#turn("idle", "Nothing was recorded. Try again.");
    this.take.show(file);
    this.#turn("taken", "Listen to it, then send it below, or discard it and try again.");
    return this.#tell(file);
  }

  #discard() {
    clearInterval(this.ticking);
    this.recording?.close();
    this.recording = null;
    this.take.forget();
    this.#tick();
    this.level.reset();
    this.#turn("idle", "Discarded.");
    this.#tell(null);
  }

  #tell(file) {
    this.dispatchEvent(new CustomEvent("recorded", { bubbles: true, detail: { file } }));
  }

  #tick() {
    const seconds = this.recording?.seconds ?? 0;
    this.parts.time.textContent = clock(seconds);
    this.parts.time.setAttribute("aria-label", `Recorded: ${spoken(seconds)}`);
  }

  #level(decibels) {
    const trouble = this.level.show(decibels);
    if (trouble && this.dataset.state === "recording") this.#say(trouble);
  }

  #listDevices() {
    offerDevices(this.parts.devices, this.parts.device);
  }

  #turn(state, sentence) {
    this.dataset.state = state;
    this.#say(sentence);
    // The button that was pressed is gone: the next one takes the focus over.
    if (this.contains(document.activeElement) || document.activeElement === document.body) {
      const next = { recording: "stop", paused: "resume", idle: "start" }[state];
      if (next) this.querySelector(`[data-do="${next}"]`)?.focus();
      else if (state === "taken") this.parts.take.focus();
    }
  }

  #say(sentence) {
    const { words } = this.parts;
    if (words.textContent !== sentence) words.textContent = sentence;
  }

  #warn(event) {
    const sent = this.closest("version-upload")?.isSent;
    if (["recording", "paused", "taken"].includes(this.dataset.state) && !sent) {
      event.preventDefault();
    }
  }
}

customElements.define("voice-recorder", VoiceRecorder);
