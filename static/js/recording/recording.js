// One recording with the microphone: MediaRecorder for the bytes, an analyser for the level.
// Events: "level" (detail: decibels of full scale, at most 0), "ended" (the microphone went away).

// What Nexus reads; the first that the browser can write is taken.
const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4;codecs=mp4a.40.2", "m4a"],
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/webm", "webm"],
];
const BITS_PER_SECOND = 256_000;
const SLICE_MS = 1000; // what a crash of the page could lose
// Music, not a call: nothing may be taken away from it.
const AS_IT_IS = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const REFUSALS = {
  NotAllowedError:
    "The microphone was refused. Allow it beside the address of this page, then try again.",
  NotFoundError: "There is no microphone. Plug one in, then try again.",
  NotReadableError: "The microphone is used by another program. Close that, then try again.",
  OverconstrainedError: "That microphone is gone. Choose another one.",
};

/** Why this page cannot record at all; an empty sentence where it can. */
export function objection() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
    return "Browsers open the microphone only to pages under https. Record in another program and upload the file.";
  }
  if (!globalThis.MediaRecorder || !kind()) {
    return "This browser cannot record. Record in another program and upload the file.";
  }
  return "";
}

const kind = () => KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));

/** The microphones, named only once one of them was allowed. */
export async function microphones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "audioinput" && device.label);
}

/** Open the microphone; rejects with an Error whose message is a sentence. */
export async function listen(deviceId = "") {
  const device = deviceId ? { deviceId: { exact: deviceId } } : {};
  const audio = { ...AS_IT_IS, channelCount: { ideal: 2 }, ...device };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new Error(REFUSALS[error.name] ?? "The microphone could not be opened. Try again.");
  }
}

export class Recording extends EventTarget {
  #pieces = [];
  #before = 0;
  #since = null;

  constructor(stream) {
    super();
    this.stream = stream;
    const [mimeType, extension] = kind();
    this.extension = extension;
    this.recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size) this.#pieces.push(data);
    });
    for (const track of stream.getAudioTracks()) {
      track.addEventListener("ended", () => this.dispatchEvent(new Event("ended")));
    }
    this.#meter();
  }

  /** Seconds recorded so far, pauses left out. */
  get seconds() {
    const now = this.#since === null ? 0 : performance.now() - this.#since;
    return (this.#before + now) / 1000;
  }

  start() {
    this.recorder.start(SLICE_MS);
    this.#since = performance.now();
  }

  pause() {
    this.recorder.pause();
    this.#before = this.seconds * 1000;
    this.#since = null;
  }

  resume() {
    this.recorder.resume();
    this.#since = performance.now();
  }

  /** End it and close the microphone; resolves to the file. */
  async stop() {
    const over = new Promise((done) =>
      this.recorder.addEventListener("stop", done, { once: true }),
    );
    if (this.recorder.state === "inactive") return this.#file();
    this.recorder.stop();
    await over;
    return this.#file();
  }

  /** Close the microphone, and keep nothing that is not stopped. */
  close() {
    cancelAnimationFrame(this.frame);
    for (const track of this.stream.getTracks()) track.stop();
    this.context?.close();
    this.context = null;
  }

  #file() {
    this.#before = this.seconds * 1000;
    this.#since = null;
    this.close();
    const type = this.recorder.mimeType.split(";")[0];
    const day = new Date().toISOString().slice(0, 16).replace("T", " ").replace(":", ".");
    const file = new File(this.#pieces, `Recording ${day}.${this.extension}`, { type });
    return Object.assign(file, { source: "microphone" }); // kept with it (uploads/plan.js)
  }

  #meter() {
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 2048;
    this.context.createMediaStreamSource(this.stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const detail = peak > 0 ? Math.max(-90, 20 * Math.log10(peak)) : -90;
      this.dispatchEvent(new CustomEvent("level", { detail: Math.min(0, detail) }));
      this.frame = requestAnimationFrame(look);
    };
    look();
  }
}
