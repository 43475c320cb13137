"""Peaks and loudness of a version as SVG paths."""

from media_pipeline.models import Waveform
from tracks.versions.side_by_side import Piece

WIDTH, HALF = 1000, 100  # of each drawing, in its own units
QUIETEST, LOUDEST = -50.0, 0.0  # LUFS: what the drawing shows; quieter lies on its floor


def wave(waveform: Waveform | None, piece: Piece, duration: int, span: int, loudest: int) -> str:
    """Return the outline of a piece's peaks as an SVG path on a base line, upwards.

    `loudest` is HALF high: the same for both, so that the quieter one looks quieter.
    """
    if not waveform or not waveform.overview:
        return ""
    lows, highs = waveform.overview[::2], waveform.overview[1::2]
    first = piece.begins * len(highs) // duration
    last = -(-(piece.begins + piece.length) * len(highs) // duration)
    here = list(enumerate(zip(lows, highs, strict=True)))[first:last]
    ends = piece.at, piece.at + piece.length
    tops = [
        f"{_across(piece, n * duration / len(highs), span):.1f} "
        f"{HALF - max(high, -low) * HALF / loudest:.1f}"
        for n, (low, high) in here
    ]
    left, right = (at * WIDTH / span for at in ends)
    return f"M{left:.1f} {HALF}L{'L'.join(tops)}L{right:.1f} {HALF}Z" if tops else ""


def _across(piece: Piece, own: float, span: int) -> float:
    """Return how far from the left a moment of a version is drawn."""
    within = min(max(0.0, own - piece.begins), float(piece.length))
    return (piece.at + within) * WIDTH / span


def line(curve: list[float | None], seconds: float, step: int) -> str:
    """Return loudness over time as an SVG path, WIDTH × HALF; broken where there is none."""
    path, pen = "", "M"
    for n, value in enumerate(curve):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{min(WIDTH, (n + 0.5) * step * WIDTH / seconds):.1f} {_height(value):.1f}"
        pen = "L"
    return path


def _height(lufs: float) -> float:
    within = min(LOUDEST, max(QUIETEST, lufs))
    return (LOUDEST - within) * HALF / (LOUDEST - QUIETEST)
