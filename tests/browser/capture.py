"""What a page really sounds like: whatever reaches the speakers, sample by sample.

`listen(page)` before the page is opened; then `start(page)`, let it play, `take(page)`. The
recorder makes Chromium warn of ScriptProcessorNode: no `complaints` in tests that listen.
"""

import base64
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

RATE = 48_000  # Hz, of the page's AudioContext
BLOCK = 4096
AROUND = 2**20  # samples after which the counter begins anew: 22 s

# Whoever connects to the destination is also connected to a recorder, and so is a ramp that counts
# samples: a block that the page was too busy to hand over leaves a hole of known length (`lost`)
# instead of shifting everything behind it.
RECORDER = """
(() => {
  const connect = AudioNode.prototype.connect;
  const taps = new WeakMap();
  const heard = { blocks: [], on: false };
  window.heard = heard;
  const tapOf = (context) => {
    if (!taps.has(context)) {
      const ramp = context.createBuffer(1, AROUND, context.sampleRate);
      ramp.getChannelData(0).forEach((_, at, values) => (values[at] = at / AROUND));
      const counter = new AudioBufferSourceNode(context, { buffer: ramp, loop: true });
      counter.start();
      const both = new ChannelMergerNode(context, { numberOfInputs: 2 });
      connect.call(counter, both, 0, 1);
      const tap = context.createScriptProcessor(BLOCK, 2, 1);
      tap.onaudioprocess = ({ inputBuffer }) => {
        if (!heard.on) return;
        const mono = inputBuffer.getChannelData(0).slice();
        const at = Math.round(inputBuffer.getChannelData(1)[0] * AROUND);
        heard.blocks.push({ at, mono });
      };
      connect.call(both, tap);
      connect.call(tap, context.destination);
      taps.set(context, both);
    }
    return taps.get(context);
  };
  AudioNode.prototype.connect = function (target, ...how) {
    if (target instanceof AudioDestinationNode) connect.call(this, tapOf(this.context), 0, 0);
    return connect.call(this, target, ...how);
  };
  heard.take = () => {
    heard.on = false;
    const blocks = heard.blocks.splice(0);
    if (!blocks.length) return { lost: 0, data: "" };
    const places = [0];
    for (let one = 1; one < blocks.length; one += 1) {
      const step = (blocks[one].at - blocks[one - 1].at + AROUND) % AROUND;
      places.push(places.at(-1) + step);
    }
    const whole = new Float32Array(places.at(-1) + BLOCK);
    blocks.forEach(({ mono }, one) => whole.set(mono, places[one]));
    const bytes = new Uint8Array(whole.buffer);
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) {
      text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    }
    return { lost: whole.length - blocks.length * BLOCK, data: btoa(text) };
  };
})();
""".replace("BLOCK", str(BLOCK)).replace("AROUND", str(AROUND))

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Heard:
    """Mono samples at `RATE`; `lost` of them the recorder missed, they are zero."""

    samples: Samples
    lost: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE


def listen(page: Page) -> None:
    """Record from now on what pages opened here connect to their speakers."""
    page.add_init_script(RECORDER)


def start(page: Page) -> None:
    """Begin to keep what is heard."""
    page.evaluate("window.heard.on = true")


def take(page: Page) -> Heard:
    """Stop, and return what was heard since `start`."""
    found: dict[str, Any] = page.evaluate("window.heard.take()")
    samples = np.frombuffer(base64.b64decode(found["data"]), dtype=np.float32)
    return Heard(samples, found["lost"])


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
