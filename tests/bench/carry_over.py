"""How well notes are carried over: versions cut from real music, whose truth is known."""

from pathlib import Path
from typing import Any

import numpy as np

from media_pipeline.steps.alignment import Alignment, align
from media_pipeline.steps.levels import Levels
from tests.media_pipeline.audio import Shelf, process
from tests.media_pipeline.edited import MASTERED, RATE, Cut, Edited, edit, samples_of

PIECES = (
    "music/01-hungarian-dance-5.flac",
    "music/02-sugar-plum-fairy.ogg",
    "music/04-lets-go-fishin.ogg",
    "music/06-battle-theme-a.ogg",
    "dedupe/entertainer-A.ogg",
)
OTHER = "music/05-gold-rush.mp3"
CLOSE_S = 0.25


def measure(data: Path, folder: Path) -> dict[str, Any]:
    """Cut, master and encode a later version of each piece; tell how many moments are found.

    Each has another introduction, bars removed and bars put in, is equalised and limited, and is
    an MP3. A moment every half second counts as found within 250 ms of the truth.
    """
    other = samples_of(data / OTHER, folder)
    errors: list[float] = []
    for name in PIECES:
        alignment, edited = _version(data / name, other, folder)
        moments = np.arange(0.5, alignment.older.duration - 0.5, 0.5)
        truths = [(edited.truth(float(at)), alignment.place(float(at)).at) for at in moments]
        errors += [abs(found - true) for true, found in truths if true is not None]
    found = np.asarray(errors)
    return {
        "pieces": len(PIECES),
        "moments": len(errors),
        "within_250_ms": round(float((found <= CLOSE_S).mean()), 4),
        "median_ms": round(float(np.median(found)) * 1000, 1),
    }


def _version(original: Path, other: Any, folder: Path) -> tuple[Alignment, Edited]:
    piece = samples_of(original, folder)
    length = len(piece) / RATE
    middle, late = length * 0.4, length * 0.7
    cuts = [
        Cut(3, 7, of=other),
        Cut(6.2, middle),
        Cut(middle + 4.4, late),
        Cut(10, 14.37, of=other),
        Cut(late - 4.1, length),
    ]
    edited = edit(piece, cuts, folder / "later.mp3", *MASTERED)
    older, newer = process(original, Shelf()), process(edited.path, Shelf())
    levels = [Levels.of(e.peaks.astype(np.int16), e.sample_rate / 256) for e in (older, newer)]
    return align(older.fingerprint, newer.fingerprint, *levels), edited
