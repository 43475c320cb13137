// <voice-recorder>: record with a microphone, listen, and hand the take on or throw it away.
// Fires `recorded` (detail {file}, null once discarded), which bubbles.

import { player } from "../lib/player.js";
import { listen, microphones, objection, Recording } from "../lib/recording.js";
import { clock, spoken } from "../lib/words.js";

const LOUD_DB = -1;
const FALL_DB = 0.7; // a frame
const SILENT_MS = 4000;

class VoiceRecorder extends HTMLElement {
  connectedCallback() {
    this.parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("click", (event) => this.#press(event), { signal });
    addEventListener("beforeunload", (event) => this.#warn(event), { signal });
    const reason = this.#closed ? "" : objection();
    if (reason) this.#turn("unavailable", reason);
    else if (this.#closed) this.#offerReload();
    else this.#offerDevices();
  }

  disconnectedCallback() {
    this.listening.abort();
    clearInterval(this.ticking);
    this.recording?.close();
    this.#forgetTake();
  }

  /** True where this page was reached from one whose policy keeps the microphone shut. */
  get #closed() {
    const policy = document.permissionsPolicy ?? document.featurePolicy;
    return policy?.allowsFeature?.("microphone") === false && globalThis.isSecureContext;
  }

  #offerReload() {
    this.#turn("unavailable", "Open this page anew to use the microphone. ");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "Open it anew";
    link.setAttribute("hx-boost", "false");
    this.parts.words.append(link);
  }

  #press(event) {
    const deed = event.target.closest("[data-do]")?.dataset.do;
    if (deed === "start") this.#start();
    if (deed === "pause") this.#pause();
    if (deed === "resume") this.#resume();
    if (deed === "stop") this.#stop();
    if (deed === "discard") this.#discard();
  }

  async #start() {
    player.pause();
    this.#forgetTake();
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
    this.heardAt = performance.now();
    this.ticking = setInterval(() => this.#tick(), 200);
    this.#turn("recording", "Recording.");
    this.#offerDevices();
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
    this.take = URL.createObjectURL(file);
    this.parts.take.src = this.take;
    this.parts.take.hidden = false;
    this.#turn("taken", "Listen to it, then send it below, or discard it and try again.");
    return this.#tell(file);
  }

  #discard() {
    clearInterval(this.ticking);
    this.recording?.close();
    this.recording = null;
    this.#forgetTake();
    this.#tick();
    this.parts.meter.value = -60;
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
    const { meter } = this.parts;
    // It rises at once and falls slowly, so that the eye can follow.
    meter.value = Math.max(-60, decibels, meter.value - FALL_DB);
    meter.textContent = `${Math.round(decibels)} dB`;
    if (this.dataset.state !== "recording") return;
    if (decibels > -60) this.heardAt = performance.now();
    const quiet = performance.now() - this.heardAt > SILENT_MS;
    if (decibels > LOUD_DB) this.#say("Too loud: it clips. Step back or turn the input down.");
    else if (quiet) this.#say("Nothing is heard. Is this the right microphone?");
  }

  async #offerDevices() {
    const found = await microphones().catch(() => []);
    const { devices, device } = this.parts;
    devices.hidden = found.length < 2;
    const chosen = device.value;
    device.replaceChildren(...found.map((each) => new Option(each.label, each.deviceId)));
    if (found.some((each) => each.deviceId === chosen)) device.value = chosen;
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

  #forgetTake() {
    this.parts.take.hidden = true;
    this.parts.take.removeAttribute("src");
    if (this.take) URL.revokeObjectURL(this.take);
    this.take = null;
  }

  #warn(event) {
    const sent = this.closest("version-upload")?.isSent;
    if (["recording", "paused", "taken"].includes(this.dataset.state) && !sent) {
      event.preventDefault();
    }
  }
}

customElements.define("voice-recorder", VoiceRecorder);
