"""Versions laid side by side: where the same bar is, how loud both are there, who may know."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Job
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory, add_version
from tests.media import processed
from tests.media_pipeline.edited import RATE, Cut, edit, melody
from tracks.blind_tests import media as blind_media
from tracks.blind_tests.services import begin
from tracks.models import Track, TrackVersion, VersionAlignment
from tracks.versions import aligning
from tracks.versions.comparison import compare

pytestmark = pytest.mark.django_db(transaction=True)

INTRODUCTION_MS = 4000


@pytest.fixture
def piece(tmp_path: Path) -> Track:
    """A piece whose second version begins with four more seconds, and is 6 dB softer after them."""
    music = melody(1)
    whole = Cut(0, len(music) / RATE)
    first = edit(music, [whole], tmp_path / "v1.flac")
    later = edit(music // 2, [Cut(0, 4, of=melody(2)), whole], tmp_path / "v2.flac")
    track = TrackFactory.create(
        version=processed(first.path, ["process"]),
        visibility="public",
        published_at=timezone.now(),
    )
    add_version(track, processed(later.path, ["process"]))
    track.versions.update(status="ready")
    return track


def both(track: Track) -> list[TrackVersion]:
    return list(track.versions.order_by("number"))


def test_the_same_bar_is_found_and_how_loud_both_are_in_it(piece: Track) -> None:
    first, second = both(piece)
    assert aligning.align(version_id=second.pk) == 1
    row = VersionAlignment.objects.get()
    assert (row.older, row.newer, row.is_moved) == (first, second, True)
    assert len(row.passages) == 1
    start, end, offset = row.passages[0]
    assert start < 500
    assert end > first.media.asset.facts.duration_ms - 2000
    assert offset == pytest.approx(INTRODUCTION_MS, abs=10)
    assert row.newer_lufs - row.older_lufs == pytest.approx(-6, abs=0.4)  # type: ignore[operator]


def test_two_are_aligned_once_from_whichever_side(piece: Track) -> None:
    first, second = both(piece)
    assert aligning.align(version_id=first.pk) == 1
    assert aligning.align(version_id=second.pk) == 0
    assert aligning.align(version_id=first.pk) == 0


def test_what_a_lost_signal_left_undone_is_begun_by_the_sweep(piece: Track) -> None:
    aligning.sweep()
    job = Job.objects.get(kind=aligning.KIND)
    assert job.subject_id == str(both(piece)[1].pk)
    aligning.align(version_id=both(piece)[1].pk)
    Job.objects.all().delete()
    aligning.sweep()
    assert not Job.objects.exists()


def test_only_the_newest_are_aligned_and_what_cannot_be_measured_is_not_tried_again(
    piece: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, second = both(piece)
    third = add_version(piece)
    third.status = "ready"
    third.save()
    assert aligning.align(version_id=third.pk) == 2
    assert VersionAlignment.objects.filter(newer=third, passages=[]).count() == 2
    aligning.sweep()
    assert not Job.objects.filter(subject_id=str(third.pk)).exists()
    monkeypatch.setattr(aligning, "BAR_LONGEST", 2)
    VersionAlignment.objects.all().delete()
    assert aligning.align(version_id=third.pk) == 1
    assert VersionAlignment.objects.get().older == second


def test_listeners_are_told_and_nobody_learns_of_a_hidden_version(piece: Track) -> None:
    first, second = both(piece)
    aligning.align(version_id=second.pk)
    address = f"/api/v1/tracks/{piece.pk}/alignments/"
    told: Any = Client().get(address).json()
    assert [(row["older"], row["newer"]) for row in told["results"]] == [
        (str(first.pk), str(second.pk))
    ]
    TrackVersion.objects.filter(pk=second.pk).update(hidden_at=timezone.now())
    assert Client().get(address).json() == {"results": []}
    Track.objects.update(visibility="private")
    assert Client().get(address).status_code == 404


def test_a_blind_test_is_of_the_same_bars_and_as_loud_there(piece: Track) -> None:
    first, second = both(piece)
    aligning.align(version_id=second.pk)
    test = begin(version_a=second, version_b=first, by=UserFactory.create(), address="")
    (passage,) = blind_media.passages_to(test, "b")
    assert passage[2] == pytest.approx(-INTRODUCTION_MS, abs=10)
    assert passage[0] == pytest.approx(INTRODUCTION_MS, abs=500)
    assert blind_media.passages_to(test, "a") == []
    VersionAlignment.objects.update(created_at=timezone.now())
    assert blind_media.passages_to(test, "b") == [], "what came later changes no test that runs"
    VersionAlignment.objects.update(created_at=test.created_at)
    loudness = blind_media.loudness_of(test)
    assert loudness["b"] - loudness["a"] == pytest.approx(6, abs=0.4)  # type: ignore[operator]


def test_the_comparison_draws_bar_above_bar_or_second_above_second(piece: Track) -> None:
    _first, second = both(piece)
    aligning.align(version_id=second.pk)
    bars = compare(piece, piece.owner, "1", "2")
    seconds = compare(piece, piece.owner, "1", "2", same_bar=False)
    assert bars
    assert seconds
    assert next(p.at for p in bars.a.pieces) == pytest.approx(INTRODUCTION_MS, abs=500)
    assert bars.b.pieces[0].at == 0
    assert bars.shared_change == pytest.approx(-6, abs=0.4)
    at = 20  # on the axis
    assert bars.a.curve[at] - bars.b.curve[at] == pytest.approx(6, abs=1)  # type: ignore[operator]
    assert (seconds.a.pieces[0].at, seconds.b.pieces[0].at) == (0, 0)
    page = Client().get(f"/tracks/{piece.slug}/comparison/?a=1&b=2").content.decode()
    assert "What both have" in page
    assert "line=second" in page
    other = Client().get(f"/tracks/{piece.slug}/comparison/?a=1&b=2&line=second").content.decode()
    assert "<strong>Same second</strong>" in other
