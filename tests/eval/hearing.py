"""How well words are heard, and whether any are where nobody says one."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from django.test import override_settings

from assistant.models import Transcript
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.running import run_job
from tests.factories.media_pipeline import finish
from tests.factories.tracks import TrackFactory
from tests.media import arrived
from tests.music import ROOT
from tracks.models import Track

KIND = "transcribe"
SUNG = "04-"  # the one piece of the music folder in which somebody sings
SAID = (
    "The keeper of the lighthouse trims the lamp before the storm comes in from the west.",
    "Nobody remembers who planted the old apple tree behind the railway station.",
)
# Sounds without a voice, made by FFmpeg's own sources.
MADE = {
    "chord.flac": "aevalsrc=0.3*sin(440*2*PI*t)+0.2*sin(554*2*PI*t)+0.2*sin(659*2*PI*t):d=20",
    "pulse.flac": "aevalsrc=0.6*sin(80*2*PI*t)*exp(-12*mod(t\\,0.5)):d=30",
    "noise.flac": "anoisesrc=d=20:c=pink:a=0.2",
    "hush.flac": "anoisesrc=d=20:c=brown:a=0.002",
    "silence.flac": "anullsrc=d=20",
    "sweep.flac": "aevalsrc=0.3*sin(2*PI*(110*t+40*t*t)):d=20",
}


@dataclass(frozen=True)
class Heard:
    """What was heard of one file: the words, how many lines they are, where the last one ends."""

    name: str
    text: str
    lines: int
    ends_ms: int


def hear(path: Path, *, spoken: bool) -> Heard:
    """Let the site's own machine hear a file, as it does after an upload."""
    track: Track = TrackFactory.create(version=arrived(path), title=path.stem)
    if spoken and hasattr(track, "form"):
        track.form = "speech"
        track.save()
    version = track.primary_version
    assert version is not None
    finish(version.media.asset)
    job = jobs.enqueue(KIND, asset=version.media.asset, subject=version)
    with override_settings(NEXUS_SPEECH="local"):
        run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "succeeded", f"{path.name}: {job.state} {job.error}"
    row = Transcript.objects.filter(version=version).first()
    assert row is not None, f"{path.name}: nobody listened."
    segments = row.segments
    words = [word for segment in segments for word in segment["words"]]
    ends_ms = max((word[1] for word in words), default=0)
    return Heard(path.name, " ".join(word[2] for word in words), len(segments), ends_ms)


def word_error(said: str, heard: str) -> float:
    """Return the share of words that are wrong, missing or too many (Levenshtein over words)."""
    wanted, got = _words(said), _words(heard)
    row = list(range(len(got) + 1))
    for at, word in enumerate(wanted, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(got, 1):
            best = min(row[place] + 1, row[place - 1] + 1, before + (word != other))
            before, row[place] = row[place], best
    return row[-1] / max(1, len(wanted))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold().replace("\u2019", "'"))


def data() -> Path:
    """Return the folder of NEXUS_TEST_DATA, or the one beside the repository."""
    return Path(os.environ.get("NEXUS_TEST_DATA") or ROOT.parent / "shared" / "data")


def samples(folder: Path) -> list[tuple[Path, str]]:
    """Return speech and what is said in it; none where there is neither a sample nor espeak-ng."""
    sample = data() / "speech" / "jfk.flac"
    if sample.is_file():
        return [(sample, sample.with_suffix(".txt").read_text())]
    program = shutil.which("espeak-ng") or shutil.which("espeak")
    if program is None:
        return []
    found = []
    for number, text in enumerate(SAID):
        path = folder / f"said-{number}.wav"
        subprocess.run([program, "-s", "140", "-w", str(path), text], check=True)
        found.append((path, text))
    return found


def instrumentals(folder: Path, *, most_bytes: int = 0) -> list[Path]:
    """Return sounds without a voice: made ones, and one file of each piece of real music."""
    found = [_made(folder / name, source) for name, source in MADE.items()]
    pieces: dict[str, Path] = {}
    for path in sorted((data() / "music").glob("*")):
        if not path.name.startswith(SUNG) and (not most_bytes or path.stat().st_size < most_bytes):
            pieces.setdefault(path.name.partition("-")[0], path)
    return found + list(pieces.values())


def _made(path: Path, source: str) -> Path:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, "-ar", "44100", str(path)], check=True)
    return path
