"""Two versions of a track on one axis of time, as drawings and as figures."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import Http404

from media_pipeline.models import AudioFacts
from tracks.access import User
from tracks.models import Track, TrackVersion
from tracks.player import facts_of, waveform_of
from tracks.versions import aligning, selectors
from tracks.versions.drawing import line, wave
from tracks.versions.side_by_side import Axis, Piece, by_bar, by_second, own_time

SILENT = -69.95  # LUFS: EBU R128's absolute gate, under which nothing was measured
POINTS_MOST = 600  # of one curve: more cannot be told apart
MARKS = 5  # times written below the axis
ROWS = 12  # of the table


class Row(NamedTuple):
    """One moment: the time of each version, in ms, its LUFS, and b − a in LU."""

    a_ms: int | None
    b_ms: int | None
    a: float | None
    b: float | None
    change: float | None


@dataclass(frozen=True)
class Side:
    """One of the two versions, in `pieces` on the axis.

    `curve` is short-term LUFS, one value every `step` seconds of the axis.
    """

    version: TrackVersion
    facts: AudioFacts | None
    pieces: list[Piece]
    wave_path: str
    curve: list[float | None]
    curve_path: str


@dataclass(frozen=True)
class Comparison:
    """Both sides on an axis of `span_ms`; where `is_by_bar`, what both have is above each other.

    `is_moved` where that makes a difference. `shared` is the loudness of what both have.
    """

    a: Side
    b: Side
    choices: list[TrackVersion]
    span_ms: int
    step: int
    marks_ms: list[int]
    rows: list[Row]
    is_moved: bool
    is_by_bar: bool
    shared: tuple[float, float] | None

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
        data = {"span_ms": self.span_ms, "step": self.step, "names": names, "curves": curves}
        if self.is_moved and self.is_by_bar:
            data["pieces"] = [self.a.pieces, self.b.pieces]
        return data

    @property
    def shared_change(self) -> float | None:
        """Return by how many LU the second version is louder in what both have."""
        return round(self.shared[1] - self.shared[0], 1) if self.shared else None


def compare(
    track: Track, viewer: User, a: str, b: str, *, same_bar: bool = True
) -> Comparison | None:
    """Set two versions of an opened track side by side; None where there are not two to hear.

    Where `a` is not said, `b` (else the primary version) is set against its neighbour, the older
    of the two first. Raises Http404 for a number that this person may not hear.
    """
    choices = selectors.choosable_versions(track, viewer, playable=True)
    choices.sort(key=lambda version: version.number)
    if len(choices) < 2:
        return None
    before, after = (_asked(track, viewer, n) for n in _pair(track, choices, a, b))
    row = aligning.alignment_between(before, after)
    is_moved = bool(row and row.is_moved)
    lengths = _duration(before), _duration(after)
    if is_moved and same_bar:
        axis = by_bar(aligning.passages_from(row, before), *lengths)
    else:
        axis = by_second(*lengths)
    step = max(1, -(-_seconds(axis) // POINTS_MOST))
    loudest = max(_peak(before), _peak(after))
    left = _side(before, axis.a, axis.span, step, loudest)
    right = _side(after, axis.b, axis.span, step, loudest)
    shared = aligning.loudness_of(row, before), aligning.loudness_of(row, after)
    return Comparison(
        left,
        right,
        choices,
        axis.span,
        step,
        [_time_at(axis, axis.span * n // (MARKS - 1)) for n in range(MARKS)],
        _table(left, right, _seconds(axis), step),
        is_moved=is_moved,
        is_by_bar=same_bar,
        shared=None if shared[0] is None or shared[1] is None else (shared[0], shared[1]),
    )


def _seconds(axis: Axis) -> int:
    return -(-axis.span // 1000)


def _time_at(axis: Axis, at: int) -> int:
    """Return the time of the first version there; where it waits, the one it waits at."""
    begun = [piece for piece in axis.a if piece.at <= at]
    if not begun:
        return 0
    return begun[-1].begins + min(at - begun[-1].at, begun[-1].length)


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


def _side(version: TrackVersion, pieces: list[Piece], span: int, step: int, loudest: int) -> Side:
    facts, waveform = facts_of(version), waveform_of(version)
    measured = facts.loudness_curve if facts else []
    curve = _thinned(_on_axis(measured, pieces, -(-span // 1000)), step)
    duration = max(1, _duration(version))
    waves = (wave(waveform, piece, duration, span, max(1, loudest)) for piece in pieces)
    drawn = line(curve, span / 1000, step)
    return Side(version, facts, pieces, "".join(waves), curve, drawn)


def _on_axis(curve: list[float | None], pieces: list[Piece], seconds: int) -> list[float | None]:
    """Return the value of each second of the axis, None where the version waits or is over."""
    times = (own_time(pieces, at * 1000) for at in range(seconds))
    places = [-1 if time is None else int(time // 1000) for time in times]
    return [curve[at] if 0 <= at < len(curve) else None for at in places]


def _thinned(curve: list[float | None], step: int) -> list[float | None]:
    """Return the loudest of every `step` seconds."""
    heard = [value if value is not None and value > SILENT else None for value in curve]
    parts = (heard[at : at + step] for at in range(0, len(heard), step))
    return [max((v for v in part if v is not None), default=None) for part in parts]


def _table(a: Side, b: Side, seconds: int, step: int) -> list[Row]:
    """Return moments spread over the axis."""
    moments = sorted({seconds * n // ROWS for n in range(ROWS)})
    return [_row(a, b, second, step) for second in moments]


def _row(a: Side, b: Side, second: int, step: int) -> Row:
    left, right = (_at(side.curve, second, step) for side in (a, b))
    change = None if left is None or right is None else round(right - left, 1)
    times = (own_time(side.pieces, second * 1000) for side in (a, b))
    a_ms, b_ms = (None if time is None else int(time) for time in times)
    return Row(a_ms, b_ms, left, right, change)


def _at(curve: list[float | None], second: int, step: int) -> float | None:
    at = second // step
    return curve[at] if at < len(curve) else None
