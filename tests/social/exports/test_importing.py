"""An archive on another site: the same originals, the same notes at the same moments, once."""

import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from config.lib.kept import SECTIONS
from media_pipeline.models import Asset, StorageQuota, Upload
from social.exports.services.importing.bringing import place_of_imports, sweep_imports
from social.models import Imported, Note, Placement, Resolution, ReviewPolicy, User
from tests.factories.archives import make_archive, repacked, stored
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory
from tests.jobs import do_jobs
from tests.social.exports.told import notes_of, sound_of
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.models import Playlist, Release, Stem, Track, TrackVersion, TrackVisual

pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]
COUNTED = (Track, TrackVersion, Stem, TrackVisual, Release, Playlist, Note, Placement, Resolution)


@pytest.fixture
def eve(db: None) -> User:
    """Somebody who has nothing yet."""
    person: User = UserFactory.create(handle="eve")
    return person


def import_archive(path: Path, *words: str) -> str:
    """Run the command; return what it says."""
    said = StringIO()
    call_command("import_archive", str(path), *words, stdout=said)
    return said.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]  # type: ignore[attr-defined]


def test_it_brings_everything_once(ada: User, eve: User, archive_of: ArchiveOf) -> None:
    path = archive_of(ada)
    said = import_archive(path, "--as", "eve", "--from", "ada")
    assert "versions: 4 made, 0 here already" in said
    assert "sign-offs: only who said so" in said
    there, here = Track.objects.get(owner=ada), Track.objects.get(owner=eve)
    assert (here.title, here.description_md) == (there.title, there.description_md)
    assert (here.visibility, here.created_at) == (there.visibility, there.created_at)
    assert here.published_at is None, "nothing of it plays yet"
    assert (here.language, here.licence, here.isrc) == ("pt-BR", "cc-by-4.0", "GBA1B2400001")
    assert here.lyrics.text == "[00:01.00]Dawn"
    assert here.lyrics.is_timed
    assert here.slug != there.slug
    assert sound_of(here) == sound_of(there)
    asset = here.primary_version.media.asset
    assert (asset.source_type, asset.imported_at is not None) == ("import", True)
    assert here.primary_version is not None
    assert here.primary_version.number == 3
    hidden = here.versions.get(number=5)
    assert hidden.hidden_at == there.versions.get(number=5).hidden_at
    assert here.versions.get(number=1).label == "Demo"
    assert [s.title for s in Stem.objects.filter(version__track=here)] == ["drums", "voice"]
    assert TrackVisual.objects.get(track=here).media.asset.filename == "cover.png"
    assert notes_of(here) == notes_of(there)
    assert ReviewPolicy.objects.get(track=here).who == "invited"
    release = Release.objects.select_related("label", "cover__asset").get(owner=eve)
    assert (release.artist_credit, release.upc) == ("The ada", "036000291452")
    assert (release.label.name, release.label.description_md) == ("Fields", "*Green*")
    assert release.cover.asset.filename == "dawn.png"
    before = counts()
    said = import_archive(path, "--as", "eve", "--from", "ada")
    assert "versions: 0 made, 4 here already" in said
    assert counts() == before


def test_what_was_deleted_there_is_in_the_archive_and_is_not_brought(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    track = Track.objects.get(owner=ada)
    deletion.delete(track=track, by=ada)
    collections.delete(collection=Release.objects.get(owner=ada), by=ada)
    (row,) = SECTIONS["tracks"].rows(ada)
    assert row["deleted_at"]
    assert [bool(row["deleted_at"]) for row in SECTIONS["releases"].rows(ada)] == [True]
    said = import_archive(archive_of(ada), "--as", "eve", "--from", "ada")
    assert f"“{track.title}”: it was deleted there" in said
    assert not Track.everything.filter(owner=eve).exists()
    assert not Release.everything.filter(owner=eve).exists()


def test_others_words_are_attributed_and_belong_to_who_brings_them(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    import_archive(archive_of(ada), "--as", "eve", "--from", "ada")
    notes = Note.objects.filter(track__owner=eve)
    assert {note.user for note in notes} == {eve}
    by = {note.body_md: note.attribution for note in notes}
    assert (by["Too *loud*."], by["I know."]) == ("Fan", "")
    assert "Guest" in by.values()
    assert not notes.filter(body_md="On a piece of another.").exists()


def test_lists_come_with_the_pieces_that_came_along(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    said = import_archive(archive_of(ada), "--as", "eve", "--from", "ada")
    here = Track.objects.get(owner=eve)
    release, playlist = Release.objects.get(owner=eve), Playlist.objects.get(owner=eve)
    assert (release.title, release.kind) == ("Dawn", "ep")
    assert [item.track for item in release.items.all()] == [here]
    assert [item.track for item in playlist.items.all()] == [here, here]
    assert "pieces in “Mornings”: they did not come along" in said


def test_what_was_said_of_the_music_comes_along(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    import_archive(archive_of(ada), "--as", "eve", "--from", "ada")
    here, there = Track.objects.get(owner=eve), Track.objects.get(owner=ada)
    assert here.artist_credit == there.artist_credit == "The ada feat. Bo B."
    columns = ("role", "name", "credited_as", "join_phrase", "detail", "url", "position")
    assert [*here.credits.values_list(*columns)] == [*there.credits.values_list(*columns)]
    assert Release.objects.get(owner=eve).artist_credit == "The ada"
    tags = here.track_tags.values_list("tag__name", "state")
    assert {*tags} == {("Hip-Hop", "accepted"), ("first light", "accepted")}
    assert (here.bpm, here.bpm_confidence) == (there.bpm, None)
    assert (here.music_key, here.music_key_confidence) == ("F#m", None)


def test_what_arrived_is_checked_once_more_when_it_is_processed(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    import_archive(archive_of(ada), "--as", "eve", "--from", "ada")
    version = Track.objects.get(owner=eve).versions.get(number=3)
    there = Track.objects.get(owner=ada).versions.get(number=3)
    assert version.upload.sha256 == there.media.asset.sha256
    assert version.media.asset.filename == there.media.asset.filename.rpartition("/")[2]


def test_looking_through_it_makes_nothing(ada: User, eve: User, archive_of: ArchiveOf) -> None:
    before = counts()
    said = import_archive(archive_of(ada), "--as", "eve", "--from", "ada", "--dry")
    assert "versions: 4 made" in said
    assert "Nothing was made" in said
    assert counts() == before
    assert not Imported.objects.filter(owner=eve).exists()


def test_the_archive_of_another_needs_a_word(ada: User, eve: User, archive_of: ArchiveOf) -> None:
    path = archive_of(ada)
    for words in (["--as", "eve"], ["--as", "eve", "--from", "bob"]):
        with pytest.raises(CommandError, match="This is the archive of @ada"):
            import_archive(path, *words)
    with pytest.raises(CommandError, match="Nobody is called 'nobody'"):
        import_archive(path, "--as", "nobody")
    assert not Track.objects.filter(owner=eve).exists()


def test_without_room_nothing_is_made(
    ada: User, eve: User, archive_of: ArchiveOf, settings: Any
) -> None:
    path = archive_of(ada)
    quota = StorageQuota.objects.create(user=eve, bytes=3_000)
    with pytest.raises(CommandError, match="@eve has room for"):
        import_archive(path, "--as", "eve", "--from", "ada")
    quota.delete()
    settings.NEXUS_DISK_RESERVE_BYTES = 2**60
    with pytest.raises(CommandError, match="disk of this site is full"):
        import_archive(path, "--as", "eve", "--from", "ada")
    assert not Upload.objects.filter(owner=eve).exists()
    assert not Asset.objects.filter(owner=eve).exists()


def test_one_original_that_is_not_there_holds_nothing_up(
    ada: User, eve: User, archive_of: ArchiveOf, tmp_path: Path
) -> None:
    path = archive_of(ada)
    with zipfile.ZipFile(path) as archive:
        rows = json.loads(archive.read("data/versions.json"))
    lost = next(row["path"] for row in rows if row["number"] == 5)
    thinner = repacked(path, tmp_path / "thinner.zip", {lost: None})
    said = import_archive(thinner, "--as", "eve", "--from", "ada")
    assert "v5 of “First light”: its original is not in the archive" in said
    assert "versions: 3 made" in said
    said = import_archive(path, "--as", "eve", "--from", "ada")
    assert "versions: 1 made, 3 here already" in said
    assert sound_of(Track.objects.get(owner=eve)) == sound_of(Track.objects.get(owner=ada))


def test_what_was_deleted_here_does_not_come_back(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    path = archive_of(ada)
    import_archive(path, "--as", "eve", "--from", "ada")
    Track.objects.filter(owner=eve).delete()
    import_archive(path, "--as", "eve", "--from", "ada")
    assert not Track.objects.filter(owner=eve).exists()


def test_what_was_brought_is_processed_and_published_as_the_same_bytes(
    eve: User, tone: Callable[..., Path], tmp_path: Path
) -> None:
    """The hash is the one that the other site has computed, and this one anew."""
    ada: User = UserFactory.create(handle="ada")
    data = tone(seconds=1).read_bytes()
    there = TrackFactory.create(
        owner=ada, visibility="public", version=stored(ada, "tone.wav", data)
    )
    NoteFactory.create(version=there.primary_version, track=there, user=ada, at_ms=500)
    import_archive(make_archive(ada, tmp_path), "--as", "eve", "--from", "ada")
    here = Track.objects.get(owner=eve)
    assert not Track.objects.published().filter(pk=here.pk).exists()
    do_jobs("fast")
    here.refresh_from_db()
    assert here.published_at is not None
    assert here.primary_version is not None
    asset = here.primary_version.media.asset
    assert asset.sha256 == there.primary_version.media.asset.sha256
    assert asset.playable
    assert here.notes.get().at_ms == 500


def test_what_a_killed_import_has_left_is_swept() -> None:
    place = place_of_imports()
    left = place / str(uuid4())
    left.mkdir(parents=True)
    (left / "member").write_bytes(b"somebody's original")
    left.with_suffix(".lock").touch()
    assert sweep_imports() >= 1
    assert not left.exists()
