"""Two versions of a track on one axis of time, as drawings and as figures."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from media_pipeline.models import AudioFacts, Waveform
from tracks.access import User
from tracks.models import Track, TrackVersion
from tracks.player import facts_of, waveform_of
from tracks.versions import selectors

WIDTH, HALF = 1000, 100  # of each drawing, in its own units
QUIETEST, LOUDEST = -50.0, 0.0  # LUFS: what the drawing shows; quieter lies on its floor
SILENT = -69.95  # LUFS: EBU R128's absolute gate, under which nothing was measured
POINTS_MOST = 600  # of one curve: more cannot be told apart
MARKS = 5  # times written below the axis
ROWS = 12  # of the table


@dataclass(frozen=True)
class Side:
    """One of the two versions. `curve` is short-term LUFS, one value every `step` seconds."""

    version: TrackVersion
    facts: AudioFacts | None
    wave_path: str
    curve: list[float | None]
    curve_path: str


@dataclass(frozen=True)
class Comparison:
    """Both sides; `span_ms` is the longer of the two, and both are drawn over it."""

    a: Side
    b: Side
    choices: list[TrackVersion]
    span_ms: int
    step: int
    marks_ms: list[int]
    rows: list[tuple[int, float | None, float | None, float | None]]

    @property
    def loudness_change(self) -> float | None:
        """Return by how many LU the second version is louder as a whole."""
        a, b = (side.facts.loudness_lufs if side.facts else None for side in (self.a, self.b))
        return None if a is None or b is None else round(b - a, 1)

    @property
    def data(self) -> dict[str, Any]:
        """Return what the page's read-out needs."""
        names = [f"v{side.version.number}" for side in (self.a, self.b)]
        curves = [self.a.curve, self.b.curve]
        return {"span_ms": self.span_ms, "step": self.step, "names": names, "curves": curves}


def compare(track: Track, viewer: User, a: str, b: str) -> Comparison | None:
    """Set two versions of an opened track side by side; None where there are not two to hear.

    Where `a` is not said, `b` (else the primary version) is set against its neighbour, the older
    of the two first. Raises Http404 for a number that this person may not hear.
    """
    choices = selectors.choosable_versions(track, viewer, playable=True)
    choices.sort(key=lambda version: version.number)
    if len(choices) < 2:
        return None
    numbers = _pair(track, choices, a, b)
    before, after = (_asked(track, viewer, number) for number in numbers)
    span = max(1, *(_duration(version) for version in (before, after)))
    seconds = -(-span // 1000)
    step = max(1, -(-seconds // POINTS_MOST))
    loudest = max(_peak(before), _peak(after))
    left, right = (_side(version, span, step, loudest) for version in (before, after))
    marks = [span * n // (MARKS - 1) for n in range(MARKS)]
    return Comparison(left, right, choices, span, step, marks, _table(left, right, seconds, step))


def _pair(track: Track, choices: list[TrackVersion], a: str, b: str) -> tuple[str, str]:
    asked = b or str(_primary_number(track, choices))
    if a or not asked.isdigit():
        return a or asked, asked
    first, second = sorted([int(asked), _beside(choices, int(asked))])
    return str(first), str(second)


def _primary_number(track: Track, choices: list[TrackVersion]) -> int:
    return next((v.number for v in choices if v.pk == track.primary_version_id), choices[-1].number)


def _beside(choices: list[TrackVersion], number: int) -> int:
    """Return the version before this one; after the first, the one behind it."""
    before = [version.number for version in choices if version.number < number]
    others = [version.number for version in choices if version.number != number]
    return before[-1] if before else others[0]


def _asked(track: Track, viewer: User, number: str) -> TrackVersion:
    version = selectors.version_to_compare(track, viewer, number)
    if version is None:
        raise Http404
    return version


def _duration(version: TrackVersion) -> int:
    facts = facts_of(version)
    return facts.duration_ms if facts else 0


def _peak(version: TrackVersion) -> int:
    waveform = waveform_of(version)
    return max((abs(value) for value in waveform.overview), default=1) if waveform else 1


def _side(version: TrackVersion, span: int, step: int, loudest: int) -> Side:
    facts, waveform = facts_of(version), waveform_of(version)
    curve = _thinned(facts.loudness_curve if facts else [], step)
    share = _duration(version) / span
    return Side(
        version,
        facts,
        _wave(waveform, share, max(1, loudest)),
        curve,
        _line(curve, span / 1000, step),
    )


def _thinned(curve: list[float | None], step: int) -> list[float | None]:
    """Return the loudest of every `step` seconds."""
    heard = [value if value is not None and value > SILENT else None for value in curve]
    parts = (heard[at : at + step] for at in range(0, len(heard), step))
    return [max((v for v in part if v is not None), default=None) for part in parts]


def _wave(waveform: Waveform | None, share: float, loudest: int) -> str:
    """Return the outline of the peaks as an SVG path on a base line, upwards.

    `loudest` is HALF high: the same for both, so that the quieter one looks quieter.
    """
    if not waveform or not waveform.overview:
        return ""
    lows, highs = waveform.overview[::2], waveform.overview[1::2]
    step = WIDTH * share / len(highs)
    tops = [
        f"{n * step:.1f} {HALF - max(high, -low) * HALF / loudest:.1f}"
        for n, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]
    return f"M0 {HALF}L{'L'.join(tops)}L{WIDTH * share:.1f} {HALF}Z"


def _line(curve: list[float | None], seconds: float, step: int) -> str:
    """Return loudness over time as an SVG path, WIDTH × HALF."""
    points = [
        f"{min(WIDTH, (n + 0.5) * step * WIDTH / seconds):.1f} {_height(value):.1f}"
        for n, value in enumerate(curve)
        if value is not None
    ]
    return "M" + "L".join(points) if points else ""


def _height(lufs: float) -> float:
    within = min(LOUDEST, max(QUIETEST, lufs))
    return (LOUDEST - within) * HALF / (LOUDEST - QUIETEST)


def _table(
    a: Side, b: Side, seconds: int, step: int
) -> list[tuple[int, float | None, float | None, float | None]]:
    """Return (ms, LUFS of a, LUFS of b, b − a) at moments spread over the piece."""
    moments = sorted({seconds * n // ROWS for n in range(ROWS)})
    return [
        _row(second, _at(a.curve, second, step), _at(b.curve, second, step)) for second in moments
    ]


def _row(
    second: int, a: float | None, b: float | None
) -> tuple[int, float | None, float | None, float | None]:
    change = None if a is None or b is None else round(b - a, 1)
    return second * 1000, a, b, change


def _at(curve: list[float | None], second: int, step: int) -> float | None:
    at = second // step
    return curve[at] if at < len(curve) else None
