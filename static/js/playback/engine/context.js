// The page's one audio graph: everything that sounds → input → the listener's volume → out.

const RATE_HZ = 48_000;
const PATIENCE_MS = 1500;
const ANALYSIS_BINS = 4096;
const STEP_SECONDS = 0.012; // a change of level this slow makes no click

class Engine {
  #tap = null;

  constructor() {
    this.context = new AudioContext({ sampleRate: RATE_HZ, latencyHint: "balanced" });
    /** Connect here. Levels of single sources stand before it, the listener's volume behind it. */
    this.input = new GainNode(this.context);
    this.output = new GainNode(this.context, { gain: level });
    this.input.connect(this.output).connect(this.context.destination);
  }

  /** An AnalyserNode fed by all that sounds, whatever the volume; made on the first call. */
  tap() {
    if (!this.#tap) {
      this.#tap = new AnalyserNode(this.context, { fftSize: ANALYSIS_BINS });
      this.input.connect(this.#tap);
    }
    return this.#tap;
  }

  get runs() {
    return this.context.state === "running";
  }

  /** Start the clock; call it in a gesture. Resolves to whether it runs, soon in any case. */
  async resume() {
    if (this.runs) return true;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.context.resume().catch(() => {}), late]);
    return this.runs;
  }

  /** The listener's volume as a gain from 0 to 1, reached in `seconds`. */
  setLevel(gain, seconds = STEP_SECONDS) {
    const { context, output } = this;
    output.gain.cancelScheduledValues(0);
    output.gain.setValueAtTime(output.gain.value, context.currentTime);
    output.gain.linearRampToValueAtTime(gain, context.currentTime + seconds);
  }
}

let made = null;
let level = 1;

/** The graph, made on the first call: in a gesture, or browsers keep it asleep. May throw. */
export function engine() {
  made ??= new Engine();
  return made;
}

/** The graph if it exists and runs, else null: never a reason to keep anybody waiting. */
export function running() {
  return made?.runs ? made : null;
}

/** Start the graph if this browser has one. Resolves to whether it runs; never rejects. */
export async function start() {
  try {
    return await engine().resume();
  } catch {
    return false;
  }
}

/** Set the gain behind everything, now or whenever the graph comes to be. */
export function setLevel(gain, seconds) {
  level = gain;
  made?.setLevel(gain, seconds);
}
