"""A moment of one version is found in the next, whatever bars came, went or were replaced."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from media_pipeline.steps.alignment import Alignment, align
from media_pipeline.steps.encode import Encoded
from media_pipeline.steps.levels import Levels
from tests.media_pipeline.audio import Shelf, make, process, tone
from tests.media_pipeline.edited import MASTERED, RATE, Cut, Edited, edit, samples_of

PIECES = ["music/01-hungarian-dance-5.flac", "music/04-lets-go-fishin.ogg"]
CLOSE_S = 0.25


def levels(encoded: Encoded) -> Levels:
    return Levels.of(encoded.peaks.astype(np.int16), encoded.sample_rate / 256)


@cache
def original_of(path: Path) -> Encoded:
    """Return what is made of a piece; several tests begin with the same ones."""
    return process(path, Shelf())


def aligned(older, newer) -> Alignment:
    a, b = original_of(older), process(newer, Shelf())
    return align(a.fingerprint, b.fingerprint, levels(a), levels(b))


def share_in_place(alignment: Alignment, edited: Edited) -> float:
    """Return the share of moments, two a second, that are placed within 250 ms of the truth."""
    moments = np.arange(0.5, alignment.older.duration - 0.5, 0.5)
    truths = [(alignment.place(float(at)), edited.truth(float(at))) for at in moments]
    return float(np.mean([abs(p.at - true) <= CLOSE_S for p, true in truths if true is not None]))


@pytest.fixture
def other(song, tmp_path):
    return samples_of(song("music/05-gold-rush.mp3"), tmp_path)


@pytest.mark.long("encodes minutes of real music")
@pytest.mark.parametrize("name", PIECES)
def test_bars_in_bars_out_and_another_introduction(song, other, tmp_path, name):
    piece = samples_of(song(name), tmp_path)
    length = len(piece) / RATE
    middle, late = length * 0.4, length * 0.7
    cuts = [
        Cut(3, 7, of=other),  # another introduction, shorter than the old one
        Cut(6.2, middle),
        Cut(middle + 4.4, late),  # bars removed
        Cut(late - 4.1, late),  # the last bars once more
        Cut(late, length),
    ]
    edited = edit(piece, cuts, tmp_path / "v2.mp3", *MASTERED)
    alignment = aligned(song(name), edited.path)
    assert share_in_place(alignment, edited) >= 0.95
    assert alignment.place(3.0).lost
    assert alignment.place(middle + 2).lost
    assert alignment.place(middle + 2).at == pytest.approx(edited.truth(middle - 0.01), abs=0.3)


def test_the_same_music_stays_where_it_is_and_is_not_changed(song, tmp_path):
    original = song(PIECES[0])
    piece = samples_of(original, tmp_path)
    length = len(piece) / RATE
    edited = edit(piece, [Cut(0, length)], tmp_path / "v2.flac", "-af", "volume=-5dB")
    alignment = aligned(original, edited.path)
    for at in np.arange(1.0, length - 1, 1.0):
        assert alignment.place(float(at)).at == pytest.approx(at, abs=0.02)
        assert not alignment.is_changed(float(at))


@pytest.mark.long("encodes minutes of real music")
def test_a_passage_that_was_played_anew_is_marked_and_its_neighbours_are_not(song, other, tmp_path):
    original = song(PIECES[1])
    piece = samples_of(original, tmp_path)
    length = len(piece) / RATE
    cuts = [Cut(0, 60), Cut(20, 26, of=other), Cut(66, length)]
    edited = edit(piece, cuts, tmp_path / "v2.flac")
    alignment = aligned(original, edited.path)
    assert alignment.is_changed(63)
    assert alignment.is_changed(61.5, 64.5)
    assert alignment.place(70).at == pytest.approx(70, abs=0.05)
    assert not any(alignment.is_changed(float(at)) for at in [*range(5, 57), *range(69, 130)])


@pytest.mark.long("encodes minutes of real music")
def test_a_passage_that_became_louder_is_marked(song, tmp_path):
    original = song(PIECES[1])
    piece = samples_of(original, tmp_path)
    louder = ["-af", "volume=2:enable='between(t,80,90)'"]
    edited = edit(piece // 2, [Cut(0, len(piece) / RATE)], tmp_path / "v2.flac", *louder)
    alignment = aligned(original, edited.path)
    assert alignment.is_changed(85)
    assert not alignment.is_changed(70)


def test_other_music_has_nothing_in_common(song):
    alignment = aligned(song(PIECES[0]), song("music/07-apple-cider.ogg"))
    assert alignment.passages == []
    assert alignment.place(10).confidence == 0
    assert alignment.is_changed(10)


def test_too_short_or_silent_is_no_error(song, tmp_path):
    short = make(*tone(1), to=tmp_path / "short.wav")
    silent = make("-f", "lavfi", "-i", "anullsrc=d=8", to=tmp_path / "silent.wav")
    assert aligned(short, song(PIECES[0])).place(0.5).at == 0.5
    alignment = aligned(silent, silent)
    assert 0 <= alignment.place(4).at <= 8
