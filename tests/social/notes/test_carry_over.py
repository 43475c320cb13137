"""The next version brings the notes along: each to where its passage is now."""

from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline.models import Asset
from social.models import CarryOver, Note, Placement, User
from social.notes.services import carry_over, notes
from tests import media
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory, add_version
from tests.media_pipeline.edited import RATE, Cut, edit, samples_of
from tracks.models import Track, TrackVersion
from tracks.processing.services import settle
from tracks.versions import services as versions

pytestmark = pytest.mark.django_db(transaction=True)


def processed(path: Path, owner: User) -> Asset:
    asset = media.processed(path, ["process"])
    Asset.objects.filter(pk=asset.pk).update(owner=owner)
    asset.refresh_from_db()
    return asset


@pytest.fixture
def second(music: Callable[[str], Path], tmp_path: Path) -> tuple[Track, TrackVersion, Path]:
    """A track with its first version, and a file in which 10 s–14 s are gone."""
    original = music("music/01-hungarian-dance-5.flac")
    piece = samples_of(original, tmp_path)
    cuts = [Cut(0, 10), Cut(14, len(piece) / RATE)]
    edited = edit(piece, cuts, tmp_path / "v2.flac")
    artist = UserFactory(handle="artist")
    track = TrackFactory(owner=artist, version=processed(original, artist), visibility="public")
    settle(asset_id=track.primary_version.media.asset_id)
    track.primary_version.refresh_from_db()
    return track, track.primary_version, edited.path


def add(track: Track, path: Path) -> TrackVersion:
    version = add_version(track, processed(path, track.owner))
    settle(asset_id=version.media.asset_id)
    carry_over.expect(asset_id=version.media.asset_id)
    return version


def at(note: Note, version: TrackVersion) -> Placement:
    return Placement.objects.get(note=note, version=version)


def test_notes_stand_where_their_passage_is_now(
    second: tuple[Track, TrackVersion, Path],
) -> None:
    track, first, path = second
    fan = UserFactory()
    early = notes.write(version=first, author=fan, body_md="Lovely", at_ms=5_000)
    gone = notes.write(version=first, author=fan, body_md="Too long", at_ms=12_000)
    late = notes.write(version=first, author=fan, body_md="Here", at_ms=30_000, until_ms=33_000)
    done = notes.write(version=first, author=fan, body_md="Fixed", at_ms=20_000)
    notes.resolve(note=done, by=track.owner, version=first)
    version = add(track, path)
    assert carry_over.carry(version_id=version.pk) == 3
    assert at(early, version).at_ms == pytest.approx(5_000, abs=50)
    assert (at(early, version).changed, at(early, version).carried_from) == (False, first)
    assert at(late, version).at_ms == pytest.approx(26_000, abs=50)
    assert at(late, version).until_ms == pytest.approx(29_000, abs=50)
    assert not at(late, version).changed
    assert (at(gone, version).lost, at(gone, version).changed) == (True, True)
    assert at(gone, version).at_ms == pytest.approx(10_000, abs=250)
    assert not Placement.objects.filter(note=done, version=version).exists()
    row = CarryOver.objects.get(version=version)
    assert (row.source, row.moved, row.changed, row.lost) == (first, 3, 0, 1)
    assert row.done_at is not None


def test_doing_it_again_adds_only_what_is_missing(
    second: tuple[Track, TrackVersion, Path],
) -> None:
    track, first, path = second
    version = add(track, path)
    assert carry_over.carry(version_id=version.pk) == 0
    note = notes.write(version=first, author=track.owner, body_md="Later", at_ms=30_000)
    assert carry_over.carry(version_id=version.pk) == 1
    assert carry_over.carry(version_id=version.pk) == 0
    assert at(note, version).at_ms == pytest.approx(26_000, abs=50)


def test_a_note_that_is_opened_again_comes_along_too(
    second: tuple[Track, TrackVersion, Path],
) -> None:
    track, first, path = second
    note = notes.write(version=first, author=track.owner, body_md="Done?", at_ms=30_000)
    notes.resolve(note=note, by=track.owner, version=first)
    version = add(track, path)
    assert carry_over.carry(version_id=version.pk) == 0
    notes.reopen(note=note, by=track.owner)
    assert carry_over.carry(version_id=version.pk) == 1


def test_the_sweep_begins_what_a_lost_signal_left(
    second: tuple[Track, TrackVersion, Path],
) -> None:
    track, first, path = second
    notes.write(version=first, author=track.owner, body_md="Here", at_ms=30_000)
    version = add_version(track, processed(path, track.owner))
    CarryOver.objects.all().delete()
    settle(asset_id=version.media.asset_id)
    carry_over.sweep()
    assert CarryOver.objects.get().version == version
    assert carry_over.carry(version_id=version.pk) == 1


def test_what_stands_in_hidden_versions_only_goes_on_when_one_is_shown_again(
    second: tuple[Track, TrackVersion, Path],
) -> None:
    track, first, path = second
    hidden = add(track, path)
    versions.make_primary(version=first, by=track.owner)
    versions.hide(version=hidden, by=track.owner)
    secret = notes.write(version=hidden, author=track.owner, body_md="Not yet", at_ms=20_000)
    known = notes.write(version=first, author=UserFactory(), body_md="Here", at_ms=5_000)
    assert carry_over.carry(version_id=hidden.pk) == 1
    newest = add(track, path)
    assert carry_over.carry(version_id=newest.pk) == 1
    assert {row.note for row in newest.placements.all()} == {known}
    versions.restore(version=hidden, by=track.owner)
    assert carry_over.carry(version_id=newest.pk) == 1
    assert {row.note for row in newest.placements.all()} == {known, secret}
