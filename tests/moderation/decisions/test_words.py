"""Hidden words are read by nobody but whose they are, on no surface, and come back as they were."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from config.lib.urls import address_of
from moderation import things
from moderation.decisions import services
from moderation.decisions.effects import simulate
from moderation.walks.services import walk
from social.models import ArtistPage, User
from tests.factories.moderation import decide, make_case, moderator
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.tracks.downloads.giving import Shelf
from tracks.catalogue.services import editing
from tracks.criteria.language import read
from tracks.criteria.selectors import keys_of
from tracks.downloads import selectors as giving
from tracks.lyrics import services as lyrics
from tracks.models import Playlist, PlaylistCollaborator, Track
from tracks.models.download import Given
from tracks.search.services import indexing

pytestmark = pytest.mark.django_db(transaction=True)
SAID, SUNG = "Zwetschgendatschi", "Xylophonkonzert"
MARK = "Moderators have hidden these"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def piece(**words: Any) -> Track:
    track: Track = PublicTrackFactory.create(title="Piece", description_md=f"**{SAID}**", **words)
    lyrics.write(track=track, text=f"[00:01.00]{SUNG}")
    return track


def told_by(client: Client, row: Any, scope: str) -> dict[str, str]:
    """Return what each surface of a thing says of it, at its address."""
    places = {
        "page": row.get_absolute_url(),
        "api": f"/api/v1/{scope}s/{row.pk}/",
        "embed": address_of(f"embed-{scope}", row.pk),
    }
    feed, slug = ("person", row.owner.handle) if scope == "track" else (scope, row.slug)
    places |= {name: address_of(f"feed-{feed}-{name}", slug) for name in ("rss", "atom", "json")}
    found = {name: client.get(place) for name, place in places.items()}
    assert {name: one.status_code for name, one in found.items()} == dict.fromkeys(places, 200)
    return {name: one.text for name, one in found.items()}


def naming(text: str, told: dict[str, str]) -> set[str]:
    return {name for name, words in told.items() if text in words}


def found_by(text: str, kind: str = "track") -> int:
    with transaction.atomic():  # what was told of since alone: deeds have to tell
        indexing.work_off()
    return len(Client().get("/api/v1/search/", {"q": text, "type": kind}).json()["results"])


def test_what_is_said_of_a_piece_is_read_on_no_surface_and_comes_back(client: Client) -> None:
    track = piece()
    index()
    before = told_by(client, track, "track")
    assert naming(SAID, before) == {"page", "api", "rss", "atom", "json"}
    assert before["page"].count(SAID) == 2  # in the head, too
    assert found_by(SAID) == 1
    made = decide(track, "hide", "words", case=make_case(track))
    assert (made.person, made.title) == (track.owner, "Piece")
    closed = told_by(client, track, "track")
    assert naming(SAID, closed) == set()
    assert naming(SUNG, closed) == naming(SUNG, before) == {"page", "api"}
    assert found_by(SAID) == 0
    assert found_by(SUNG) == found_by("Piece") == 1
    services.restore(decision=made, by=moderator(), facts="No.")
    assert naming(SAID, told_by(client, track, "track")) == naming(SAID, before)
    assert found_by(SAID) == 1


def test_lyrics_are_read_on_no_surface_and_come_back(client: Client) -> None:
    track = piece()
    index()
    assert found_by("has:lyrics") == 1
    made = decide(track, "hide", "lyrics", case=make_case(track))
    closed = told_by(client, track, "track")
    assert naming(SUNG, closed) == set()
    assert "lyrics__lines" not in closed["page"]
    assert naming(SAID, closed) == {"page", "api", "rss", "atom", "json"}
    assert found_by(SUNG) == found_by("has:lyrics") == 0
    services.restore(decision=made, by=moderator(), facts="No.")
    assert naming(SUNG, told_by(client, track, "track")) == {"page", "api"}
    assert found_by("has:lyrics") == 1


def test_whose_they_are_reads_and_changes_them_and_that_opens_nothing(client: Client) -> None:
    track = piece()
    decide(track, "hide", "words", case=make_case(track))
    decide(track, "hide", "lyrics", case=make_case(track))
    client.force_login(track.owner)
    page = client.get(track.get_absolute_url()).text
    assert page.count(f"{MARK} words") == page.count(f"{MARK} lyrics") == 1
    assert SAID in page
    assert SUNG in page
    own = client.get(f"/api/v1/tracks/{track.pk}/", headers=bearer(track.owner)).json()
    assert (own["description"], own["lyrics"]) == (f"**{SAID}**", f"[00:01.00]{SUNG}")
    assert SAID in client.get(f"/tracks/{track.slug}/edit/").text
    seen = client.get(f"/tracks/{track.slug}/listener/").text
    assert SAID not in seen
    assert MARK not in seen
    editing.edit(track=track, by=track.owner, description_md="Quittenbrot", lyrics="Ukulele")
    client.logout()
    told = told_by(client, track, "track")
    assert naming("Quittenbrot", told) == naming("Ukulele", told) == set()
    client.force_login(UserFactory.create())
    page = client.get(track.get_absolute_url()).text
    assert "Quittenbrot" not in page
    assert MARK not in page


@pytest.mark.parametrize("scope", ["release", "playlist"])
def test_of_a_list_no_surface_says_them(scope: str, client: Client) -> None:
    more = {"notes_md": SUNG} if scope == "release" else {}
    factory: Any = {"release": ReleaseFactory, "playlist": PlaylistFactory}[scope]
    row = factory.create(visibility="public", description_md=SAID, **more)
    index()
    before = told_by(client, row, scope)
    assert naming(SAID, before) == {"page", "api", "rss", "atom", "json"}
    assert found_by(SAID, scope) == 1
    made = decide(row, "hide", "words", case=make_case(row, scope))
    closed = told_by(client, row, scope)
    assert naming(SAID, closed) == naming(SUNG, closed) == set()
    assert found_by(SAID, scope) == 0
    client.force_login(row.owner)
    page = client.get(row.get_absolute_url()).text
    assert SAID in page
    assert f"{MARK} words" in page
    client.logout()
    services.restore(decision=made, by=moderator(), facts="No.")
    assert naming(SAID, told_by(client, row, scope)) == naming(SAID, before)
    assert found_by(SAID, scope) == 1


def test_who_works_on_a_playlist_is_no_owner_of_its_words() -> None:
    playlist: Playlist = PlaylistFactory.create(visibility="public", description_md=SAID)
    other: User = UserFactory.create()
    PlaylistCollaborator.objects.create(
        playlist=playlist, person=other, invited_by=playlist.owner, accepted_at=timezone.now()
    )
    decide(playlist, "hide", "words", case=make_case(playlist, "playlist"))
    for person, words in ((other, ""), (playlist.owner, SAID)):
        told = Client().get("/api/v1/playlists/", headers=bearer(person)).json()["results"]
        assert [one["description_md"] for one in told] == [words]


def test_what_a_person_says_of_themselves(client: Client) -> None:
    person = PublicTrackFactory.create().owner
    ArtistPage.objects.create(user=person, press_md=SAID, shows_press=True)
    press = address_of("artist-press", person.handle)
    assert SAID in client.get(press).text
    case = make_case(person, "person")
    assert [kind.scope for kind, _ in things.parts_of("person", person)] == ["person", "words"]
    made = decide(person, "hide", "words", case=case)
    assert made.person == person
    assert SAID not in client.get(press).text
    client.force_login(person)
    page = client.get(press).text
    assert SAID in page
    assert f"{MARK} words" in page
    client.logout()
    services.restore(decision=made, by=moderator(), facts="No.")
    assert SAID in client.get(press).text


def test_files_go_without_the_lyrics_and_former_addresses_end(tmp_path: Path) -> None:
    track = Shelf(tmp_path).track(gives_flac="everybody")
    lyrics.write(track=track, text=SUNG)

    def words() -> str:
        found = giving.with_sound(Track.objects.all()).get(pk=track.pk)
        (need,) = giving.needs_of_track(found, Given.FLAC)
        return need.words.lyrics  # type: ignore[union-attr]

    media = track.primary_version.media
    epoch = media.epoch
    assert words() == SUNG
    made = decide(track, "hide", "lyrics", case=make_case(track))
    assert words() == ""
    media.refresh_from_db()
    assert media.epoch > epoch
    services.restore(decision=made, by=moderator(), facts="No.")
    assert words() == SUNG


def rule(text: str) -> dict[str, str]:
    return {"field": "words", "operator": "is", "value": text}


def test_rules_of_smart_playlists_do_not_find_by_them() -> None:
    track = piece()
    said, titled = (read({"match": "all", "rules": [rule(text)]}) for text in (SAID, "Piece"))
    reader = UserFactory.create()
    assert keys_of(said, reader) == [track.pk]
    decide(track, "hide", "words", case=make_case(track))
    assert keys_of(said, reader) == []
    assert keys_of(titled, reader) == [track.pk]


def test_it_is_offered_simulated_walked_and_only_hidden() -> None:
    track = piece()
    case = make_case(track)
    scopes = [kind.scope for kind, _ in things.parts_of("track", track)]
    assert {"words", "lyrics"} <= {*scopes}
    client = Client()
    client.force_login(moderator())
    page = client.get(f"/admin/moderation/case/{case.pk}/change/").text
    assert f'<option value="words:{track.pk}">words: Piece</option>' in page
    assert f'<option value="lyrics:{track.pk}">lyrics: Piece</option>' in page
    assert simulate("hide", "words", track).sentence == "This closes 1 text."
    assert simulate("hide", "lyrics", track).sentence.startswith("This closes 1 text")
    shown = {one["name"]: one["shown"] for one in walk(case=case).surfaces}
    assert shown["words"]
    assert shown["lyrics"]
    made = decide(track, "hide", "words", case=case)
    shown = {one["name"]: one["shown"] for one in walk(case=case, decision=made).surfaces}
    assert (shown["page"], shown["words"], shown["lyrics"]) == (True, False, True)
    desk = f"/admin/moderation/case/{case.pk}/change/"
    assert SAID in client.get(desk).text
    services.restore(decision=made, by=moderator(), facts="No.")
    assert SAID not in client.get(desk).text


def test_words_that_are_gone_can_still_be_given_free() -> None:
    track = piece()
    made = decide(track, "hide", "words", case=make_case(track))
    Track.objects.filter(pk=track.pk).update(description_md="")
    assert services.restore(decision=made, by=moderator(), facts="No.").title == "Piece"
