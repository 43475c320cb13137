"""How surely the same recording is found again by its sound: our descriptor, and pymusly beside it.

pymusly (MIT, around libmusly, MPL-2.0) is a yardstick and no part of Nexus: `pip install pymusly`.
"""

import importlib
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media_pipeline import ffmpeg
from media_pipeline.steps.descriptor import LIMITS, compose, described
from media_pipeline.steps.descriptor_parts import RATE
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import make

# Of each, other files are made; the last four only stand beside them. The two Entertainers and
# the two pieces of one composer are there to be taken for each other.
PIECES = (
    "music/01-hungarian-dance-5.flac",
    "music/02-sugar-plum-fairy.ogg",
    "music/03-vibe-ace.ogg",
    "music/04-lets-go-fishin.ogg",
    "music/05-gold-rush.mp3",
    "music/06-battle-theme-a.ogg",
    "music/07-apple-cider.ogg",
    "dedupe/entertainer-A.ogg",
    "dedupe/entertainer-B.ogg",
)
BESIDE = (
    "music/08-acoustic-guitar.wav",
    "music/09-danse-macabre-finale.mp3",
    "music/10-solo-trumpet.ogg",
    "speech/jfk.flac",
)
CODINGS = {
    "mp3-128k.mp3": ["-b:a", "128k"],
    "mp3-64k.mp3": ["-b:a", "64k"],
    "opus-48k.opus": ["-b:a", "48k"],
    "vorbis.ogg": ["-c:a", "libvorbis", "-q:a", "1"],
    "flac.flac": [],
}
EXCERPT_S = 30
NEAREST = 3

Sound = NDArray[np.float32]
Distances = NDArray[np.float64]


@dataclass(frozen=True)
class Heard:
    """A file as samples; `of` is the recording it was made from."""

    of: str
    is_original: bool
    sound: Sound


def measure(data: Path, folder: Path) -> dict[str, Any]:
    """Encode pieces anew and cut excerpts; tell how often the nearest three hold the recording.

    Each file made is asked for among all originals and all files made of other recordings. CPU
    seconds are those of a minute of sound, the decoding apart: it is the same for both.
    """
    start = _cpu_s()
    heard = [one for name in PIECES for one in _made(data / name, folder)]
    heard += [Heard(name, True, _decoded(data / name, folder)) for name in BESIDE]
    making_s = _cpu_s() - start
    minutes = sum(len(one.sound) for one in heard) / RATE / 60
    found: dict[str, Any] = {
        "recordings": len(PIECES) + len(BESIDE),
        "files": sum(not one.is_original for one in heard),
        "minutes": round(minutes, 1),
        "making_cpu_s": round(making_s, 1),
        "nexus": _figures(heard, minutes, _ours),
    }
    try:
        importlib.import_module("pymusly")
    except ImportError:
        return found | {"pymusly": None}
    return found | {"pymusly": _figures(heard, minutes, _pymusly)}


def _figures(
    heard: list[Heard], minutes: float, distances: Callable[[list[Sound]], tuple[Distances, float]]
) -> dict[str, Any]:
    table, cpu_s = distances([one.sound for one in heard])
    ranks = []
    for place, asked in enumerate(heard):
        if asked.is_original:
            continue
        others = [
            (table[place, at], one.of)
            for at, one in enumerate(heard)
            if one.is_original or one.of != asked.of
        ]
        ranks.append([of for _, of in sorted(others)].index(asked.of))
    return {
        "nearest": sum(rank == 0 for rank in ranks),
        "among_three": sum(rank < NEAREST for rank in ranks),
        "cpu_s_per_minute": round(cpu_s / minutes, 3),
    }


def _ours(sounds: list[Sound]) -> tuple[Distances, float]:
    start = _cpu_s()
    vectors = [described(sound) for sound in sounds]
    cpu_s = _cpu_s() - start
    places = np.array([vector for vector in vectors if vector is not None])
    assert len(places) == len(sounds), "a piece has no sound"
    return 1 - places @ places.T, cpu_s


def _pymusly(sounds: list[Sound]) -> tuple[Distances, float]:
    """Its own method “timbre”; all files together are the sample that it wants of the music."""
    box = importlib.import_module("pymusly").MuslyJukebox("timbre", "none")
    start = _cpu_s()
    tracks = [box.track_from_audiodata(sound) for sound in sounds]
    cpu_s = _cpu_s() - start
    box.set_style(tracks)
    known = list(zip(box.add_tracks(tracks), tracks, strict=True))
    return np.array([box.compute_similarity(one, known) for one in known]), cpu_s


def _made(original: Path, folder: Path) -> list[Heard]:
    """Return the piece, every encoding of it, and excerpts of its beginning, middle and end."""
    of = original.name
    whole = _decoded(original, folder)
    heard = [Heard(of, True, whole)]
    for name, how in CODINGS.items():
        coded = make("-i", str(original), "-map", "0:a", *how, to=folder / name)
        heard.append(Heard(of, False, _decoded(coded, folder)))
    room = len(whole) / RATE - EXCERPT_S
    for at in sorted({0.0, room / 2, room}):
        cut = ["-ss", f"{at:.2f}", "-t", str(EXCERPT_S), "-i", str(original), "-map", "0:a"]
        coded = make(*cut, "-b:a", "128k", to=folder / "excerpt.mp3")
        heard.append(Heard(of, False, _decoded(coded, folder)))
    return heard


def _decoded(path: Path, folder: Path) -> Sound:
    demuxer, raw = sniff(path), folder / "mono.f32"
    graph = compose(demuxer, probe(path, demuxer))
    ffmpeg.run(graph, file=path, files={"sound": raw}, limits=LIMITS)
    return np.fromfile(raw, np.float32)


def _cpu_s() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
