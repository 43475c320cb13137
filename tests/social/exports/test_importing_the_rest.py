"""What else an archive brings: a page, addresses, invitations, and who may keep what."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from config.lib.archive import validator
from config.lib.kept import SECTIONS
from social.models import ArtistPage, ArtistPicture, PageSection, User
from social.profiles import services as profiles
from tests.factories.archives import make_archive, repacked
from tests.factories.social import UserFactory
from tests.social.exports.spoiling import edited
from tests.social.exports.test_importing import import_archive
from tracks.catalogue.services import editing
from tracks.models import (
    FormerSlug,
    Playlist,
    PlaylistCollaborator,
    Release,
    Track,
)
from tracks.playlists.services import people

pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]
WORDS = ["--as", "eve", "--from", "ada"]


def picture(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def eve(db: None) -> User:
    """Somebody who has nothing yet."""
    person: User = UserFactory.create(handle="eve")
    return person


@pytest.fixture
def page(ada: User) -> User:
    """Ada, with a header and a picture for the press."""
    words = {"alt": "Ada at the piano", "credit": "Bo", "licence": "cc-by-4.0"}
    sent = {"data": picture((90, 30, 20)), "filename": "../piano: night?.jpg", "words": words}
    profiles.add(by=ada, **sent)
    profiles.add(by=ada, data=picture((1, 9, 90)), filename="wide.jpg", words={}, header=True)
    profiles.describe(by=ada, words={"shows_press": True})
    profiles.arrange(by=ada, section=PageSection.PLAYLIST, to=0)
    return ada


def elsewhere() -> None:
    """Let the other site be another one: nothing of it has an address here."""
    FormerSlug.objects.all().delete()
    for model in (Track, Release, Playlist):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(slug=row.pk)


def test_an_artists_page_comes_whole_and_once(page: User, eve: User, archive_of: ArchiveOf) -> None:
    section = SECTIONS["artist_page"]
    (row,) = section.rows(page)
    validator(section.schema).validate(row)
    path = archive_of(page)
    said = import_archive(path, *WORDS)
    assert "pictures of that page: 2 made, 0 here already" in said
    here = ArtistPage.objects.get(user=eve)
    assert (here.accent, here.press_md, here.shows_press) == ("b4552d", "Born in 1815.", True)
    assert here.order == ["playlist", "release", "track"]
    assert here.header
    press = ArtistPicture.objects.get(user=eve, is_header=False)
    assert (press.alt, press.credit, press.licence) == ("Ada at the piano", "Bo", "cc-by-4.0")
    there = ArtistPicture.objects.get(user=page, is_header=False)
    assert press.asset.sha256 == there.asset.sha256
    assert press.created_at == there.created_at
    client = Client()
    assert Image.open(io.BytesIO(client.get(here.header.get_absolute_url()).content)).width == 1920
    assert "Ada at the piano" in client.get("/@eve/press/").text
    profiles.remove(picture=press, by=eve)
    assert "pictures of that page: 0 made, 2 here already" in import_archive(path, *WORDS)
    assert ArtistPicture.objects.filter(user=eve).count() == 1, "what was taken out stays away"


def test_what_an_artist_has_said_here_stays(page: User, eve: User, archive_of: ArchiveOf) -> None:
    profiles.describe(by=eve, words={"press_md": "My own words."})
    profiles.add(by=eve, data=picture((9, 9, 9)), filename="own.jpg", words={}, header=True)
    said = import_archive(archive_of(page), *WORDS)
    assert "the words of the artist's page: there is one here, which stays" in said
    assert "the header of the page: there is one here, which stays" in said
    here = ArtistPage.objects.get(user=eve)
    assert here.header
    assert (here.press_md, here.header.asset.filename) == ("My own words.", "own.jpg")


def test_an_archive_from_before_has_no_pictures_in_it(
    page: User, eve: User, archive_of: ArchiveOf, tmp_path: Path
) -> None:
    def older(rows: list[dict[str, Any]]) -> None:
        del rows[0]["sections"]
        for one in rows[0]["pictures"]:
            for name in ("filename", "sha256", "size_bytes", "path"):
                del one[name]

    source = archive_of(page)
    changed = edited(older)(read_of(source, "data/artist_page.json"))
    path = repacked(source, tmp_path / "older.zip", {"data/artist_page.json": changed})
    said = import_archive(path, *WORDS)
    assert "the picture did not come along" in said
    assert ArtistPage.objects.get(user=eve).order == ["release", "track", "playlist"]


@pytest.mark.parametrize(
    ("name", "word", "kept"),
    [("accent", "zzzzzz", ""), ("accent", "B4552D", "b4552d"), ("sections", ["track"] * 9, "")],
)
def test_a_page_written_by_hand_says_nothing_it_may_not(
    page: User, eve: User, archive_of: ArchiveOf, tmp_path: Path, name: str, word: Any, kept: str
) -> None:
    source = archive_of(page)
    spoilt = edited(lambda rows: rows[0].update({name: word}))
    changed = spoilt(read_of(source, "data/artist_page.json"))
    path = repacked(source, tmp_path / "odd.zip", {"data/artist_page.json": changed})
    import_archive(path, *WORDS)
    here = ArtistPage.objects.get(user=eve)
    assert here.order == ["track", "release", "playlist"] or name == "accent"
    assert here.accent == kept or name == "sections"


def read_of(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as found:
        return found.read(name)


def test_pieces_and_lists_are_found_where_they_were(ada: User, eve: User, tmp_path: Path) -> None:
    there = Track.objects.get(owner=ada)
    editing.edit(track=there, by=ada, slug="dawn-chorus")
    playlist = Playlist.objects.get(owner=ada).slug
    path = make_archive(ada, tmp_path)
    elsewhere()
    said = import_archive(path, *WORDS)
    assert "addresses" not in said
    here = Track.objects.get(owner=eve)
    assert here.slug == "dawn-chorus"
    assert [*here.former_slugs.values_list("slug", flat=True)] == ["first-light-ada"]
    assert Playlist.objects.get(owner=eve).slug == playlist
    client = Client()
    client.force_login(eve)
    answer = client.get("/tracks/first-light-ada/")
    assert answer.headers["Location"] == "/tracks/dawn-chorus/"


def test_an_address_that_is_taken_is_left_and_said(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    editing.edit(track=Track.objects.get(owner=ada), by=ada, slug="dawn-chorus")
    said = import_archive(archive_of(ada), *WORDS)
    assert "not taken: addresses" in said
    assert "something else has them here" in said
    assert Track.objects.get(owner=ada).slug == "dawn-chorus"
    assert FormerSlug.objects.filter(track__owner=ada).count() == 1
    assert not FormerSlug.objects.filter(track__owner=eve).exists()


def test_who_worked_on_a_playlist_is_asked_anew(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    playlist = Playlist.objects.get(owner=ada)
    bob, lost = UserFactory.create(handle="bob"), UserFactory.create(handle="lost")
    for person in (bob, lost):
        people.invite(playlist=playlist, person=person, by=ada)
        people.accept(playlist=playlist, person=person)
    people.let_take_out(playlist=playlist, everything=True, by=ada)
    path = archive_of(ada)
    User.objects.filter(pk=lost.pk).update(handle="another")
    said = import_archive(path, *WORDS)
    assert "invitations to work on playlists: 1 made" in said
    assert "@lost, who works on playlists: There is nobody called “lost” here." in said
    here = Playlist.objects.get(owner=eve)
    row = PlaylistCollaborator.objects.get(playlist=here)
    assert (row.person, row.accepted_at) == (bob, None)
    assert here.all_take_out
    assert not Playlist.objects.arranged_by(bob).filter(pk=here.pk).exists()


def test_what_is_open_to_be_kept_stays_so(ada: User, eve: User, archive_of: ArchiveOf) -> None:
    opened = {"gives_mp3": "everybody", "gives_stems": "granted", "opens_lossless_listed": True}
    Track.objects.filter(owner=ada).update(**opened, gives_flac="followers")
    Release.objects.filter(owner=ada).update(download="listed")
    said = import_archive(archive_of(ada), *WORDS)
    here = Track.objects.get(owner=eve)
    assert {name: getattr(here, name) for name in opened} == opened
    assert here.gives_flac == "nobody"
    assert "to whom “First light” is given as flac: this site knows no such audience" in said
    assert "people on the list of listeners: put them on it here" in said
    assert "leave to keep music: give it here" in said
    assert not eve.listeners.exists()
    assert Release.objects.get(owner=eve).download == "listed"
