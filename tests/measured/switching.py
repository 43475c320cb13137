"""Pieces in several versions, and what is heard of them."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from playwright.sync_api import Page

from tests.browser.page import PLAYER, until
from tests.measured.capture import RATE, Samples
from tracks.models import Track, TrackVersion

SAME = 0.98  # correlation of one stretch of music with itself, after encoding
POSITION = PLAYER + ".then((player) => player.position)"


def versions_of(first: Track, *others: Track) -> Track:
    """Make the music of other tracks further versions of the first one."""
    for number, other in enumerate(others, start=2):
        TrackVersion.objects.filter(track=other).update(track=first, number=number)
        Track.objects.filter(pk=other.pk).delete()
    return first


def filtered(source: Path, target: Path, filters: str, *, seconds: float = 40) -> Path:
    """Render the beginning of a piece through FFmpeg's audio filters, as 48 kHz WAV."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(source)]
    options = ["-t", str(seconds), "-ar", str(RATE), "-ac", "2", "-af", filters]
    subprocess.run([*command, *options, str(target)], check=True)
    return target


def rendered(target: Path, source: str) -> Path:
    """Render one of FFmpeg's own sources as stereo WAV."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, "-ac", "2", str(target)], check=True)
    return target


def loudness(samples: Samples, folder: Path) -> float:
    """Return the integrated loudness in LUFS (EBU R128, by FFmpeg)."""
    raw = folder / "heard.f32"
    raw.write_bytes(samples.astype(np.float32).tobytes())
    source = ["-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", str(raw)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *source, "-af", "ebur128"]
    done = subprocess.run([*command, "-f", "null", "-"], check=True, capture_output=True)
    return float(done.stderr.decode().rsplit("I:", 1)[1].split()[0])


def samples_of(source: Path) -> Samples:
    """Return the left channel of a file, at 48 kHz."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(source)]
    options = ["-ar", str(RATE), "-af", "pan=mono|c0=c0", "-f", "f32le", "-"]
    done = subprocess.run([*command, *options], check=True, capture_output=True)
    return np.frombuffer(done.stdout, dtype=np.float32)


def choose(page: Page, number: int) -> None:
    """Choose a version by its button, and wait until the player has it."""
    page.locator(f"version-bar [data-number='{number}']").click()
    until(page, HAS.replace("NUMBER", str(number)))


HAS = (
    "(async () => { const player = await "
    + PLAYER
    + "; const all = JSON.parse(document.getElementById('versions-data').textContent);"
    "return player.is(all.find((one) => one.number === NUMBER).version_id) })()"
)


def place(heard: Samples, music: Samples) -> tuple[int, float] | None:
    """Return where in the music a stretch of sound comes from (samples), and its factor.

    By cross-correlation; a factor below zero means that it is upside down. None where it is not
    one and the same stretch, upside down or not: a switch lies in it.
    """
    size = 1 << (len(music) + len(heard)).bit_length()
    spectrum = np.fft.rfft(music, size) * np.conj(np.fft.rfft(heard, size))
    found = np.fft.irfft(spectrum, size)[: len(music) - len(heard)]
    energy = np.cumsum(np.concatenate([[0.0], np.square(music, dtype=np.float64)]))
    energy = energy[len(heard) :][: len(found)] - energy[: len(found)]
    likeness = found / np.sqrt(np.maximum(energy, energy.max() * 1e-4))
    at = int(np.argmax(np.abs(likeness)))
    if abs(likeness[at]) < SAME * np.sqrt(np.sum(np.square(heard, dtype=np.float64))):
        return None
    return at, float(found[at] / energy[at])
