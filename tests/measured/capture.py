"""What a page really sounds like: whatever reaches the speakers, sample by sample.

`listen(page)` before the page is opened; then `start(page)`, let it play, `take(page)`. The
recorder is a worklet of the test's own: the page's Content-Security-Policy is not in force.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import run

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

RATE = 48_000  # Hz, of the page's AudioContext
BLOCK = 4096

# Runs in the audio thread, so that a busy page loses nothing.
PROCESSOR = """
registerProcessor("recorder", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
  }
  process([[mono]]) {
    if (mono) this.block.set(mono, this.filled);
    else this.block.fill(0, this.filled, this.filled + 128);
    this.filled += 128;
    if (this.filled === BLOCK) {
      this.port.postMessage(this.block);
      this.filled = 0;
    }
    return true;
  }
});
""".replace("BLOCK", str(BLOCK))

# Whoever connects to the destination is also connected to the recorder.
RECORDER = """
(() => {
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  const heard = { blocks: [], on: false };
  window.heard = heard;
  const tapOf = (context) => {
    if (!taps.has(context)) {
      const hub = new GainNode(context);
      taps.set(context, hub);
      const script = new Blob([PROCESSOR], { type: "text/javascript" });
      heard.ready = context.audioWorklet.addModule(URL.createObjectURL(script)).then(() => {
        const tap = new AudioWorkletNode(context, "recorder", { channelCount: 2 });
        tap.port.onmessage = ({ data }) => heard.on && heard.blocks.push(data);
        connect.call(hub, tap);
        connect.call(tap, context.destination);
      });
    }
    return taps.get(context);
  };
  AudioNode.prototype.connect = function (target, ...how) {
    if (target instanceof AudioDestinationNode) connect.call(this, tapOf(this.context));
    return connect.call(this, target, ...how);
  };
  heard.take = async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    heard.on = false;
    const blocks = heard.blocks.splice(0);
    const whole = new Float32Array(blocks.length * BLOCK);
    blocks.forEach((block, one) => whole.set(block, one * BLOCK));
    const bytes = new Uint8Array(whole.buffer);
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) {
      text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    }
    return btoa(text);
  };
})();
""".replace("BLOCK", str(BLOCK)).replace("PROCESSOR", json.dumps(PROCESSOR))

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Heard:
    """Mono samples at `RATE`, without a hole."""

    samples: Samples
    lost: int = 0

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE


def listen(page: Page) -> None:
    """Record from now on what pages opened here connect to their speakers."""
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.add_init_script(RECORDER)


def start(page: Page) -> None:
    """Begin to keep what is heard."""
    page.evaluate("(async () => { await heard.ready; heard.on = true })()")


def take(page: Page) -> Heard:
    """Stop, and return what was heard since `start`."""
    found: str = page.evaluate("window.heard.take()")
    return Heard(np.frombuffer(base64.b64decode(found), dtype=np.float32))


def decibels(samples: Samples) -> float:
    """Return the level, RMS in dB relative to full scale; −200 for silence."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return 10 * np.log10(power) if power > 1e-20 else -200.0


def pitch(samples: Samples) -> float:
    """Return the strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), n=RATE * 4))
    return float(np.argmax(spectrum) / 4)


def strength(samples: Samples, hertz: float, window: int = 480) -> Samples:
    """Return how strong a tone is over time: its amplitude in every `window` of samples."""
    count = len(samples) // window
    blocks = samples[: count * window].reshape(count, window)
    wave = np.exp(-2j * np.pi * hertz * np.arange(window) / RATE)
    return (2 * np.abs(blocks @ wave) / window).astype(np.float32)


def longest_silence(samples: Samples, *, below: float = 0.01, step: int = 48) -> float:
    """Return the longest time in ms in which no sample reaches `below`, at a grain of `step`."""
    count = len(samples) // step
    quiet = np.abs(samples[: count * step]).reshape(count, step).max(axis=1) < below
    longest = current = 0
    for still in quiet:
        current = current + 1 if still else 0
        longest = max(longest, current)
    return longest * step / RATE * 1000


def pure_tone(path: Path, hertz: float, *, seconds: float = 8, level: float = -12) -> Path:
    """Render one tone (stereo, 48 kHz, peak `level` in dBFS); the suffix names the format."""
    source = f"aevalsrc={10 ** (level / 20)}*sin({hertz}*2*PI*t):s={RATE}:d={seconds}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    run([*command, "-ac", "2", "-af", "pan=stereo|c0=c0|c1=c0", str(path)], check=True)
    return path


def best(measure: Callable[[], float], limit: float, tries: int = 4) -> float:
    """Return the first measure within `limit`, else the least of `tries`.

    A machine busy with other things starves decoders now and then; what the page itself does wrong,
    it does every time.
    """
    found: list[float] = []
    while len(found) < tries and not (found and found[-1] <= limit):
        found.append(measure())
    return found[-1] if found[-1] <= limit else min(found)
