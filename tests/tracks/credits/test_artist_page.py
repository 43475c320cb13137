"""The page of a name as a whole: releases by kind, lists it is in, names beside it, and the API."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from social.models import ArtistPage
from tests.factories import moderation as judges
from tests.factories.described import credit, credited
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
)
from tracks.credits.rules import Artist, Said
from tracks.credits.services import crediting
from tracks.models import Label, Name, PlaylistItem, Release, ReleaseTrack

pytestmark = pytest.mark.django_db


def credit_release(release: Release, name: str) -> None:
    """Say that a release is of this name."""
    crediting.set_artists(thing=release, artists=[Artist(name)], by=release.owner)


def test_releases_stand_by_kind_the_latest_first_and_others_apart() -> None:
    (track, _) = credited(2, "artist")
    owner = track.owner
    label = Label.objects.create(owner=owner, name="Fields", slug="fields")
    said = (("Old", "album", "1977"), ("New", "album", "2019-05"), ("Small", "ep", "2021"))
    for title, kind, day in said:
        release = ReleaseFactory.create(
            owner=owner, title=title, kind=kind, released_on=day, label=label, visibility="public"
        )
        credit_release(release, "Ada")
    mixed = ReleaseFactory.create(title="Many", kind="compilation", visibility="public")
    ReleaseTrack.objects.create(release=mixed, track=track, position=1)
    produced = ReleaseFactory.create(title="Of Bo", released_on="1980", visibility="public")
    crediting.set_credits(thing=produced, credits=[Said("Ada", "producer")], by=produced.owner)
    draft = ReleaseFactory.create(owner=owner, title="Draft", visibility="private")
    credit_release(draft, "Ada")
    context = Client().get("/artists/ada/").context
    shelves = (*context["shelves"], context["elsewhere"])
    shown = {shelf.heading: [row.title for row in shelf.releases] for shelf in shelves}
    assert shown == {"Albums": ["New", "Old"], "EPs": ["Small"], "Appears on": ["Of Bo", "Many"]}
    page = Client().get("/artists/ada/").text
    assert page.count('href="/labels/fields/"') == 1
    assert "Album · 2019" in page
    assert mixed.artist in page, "whose it is"


def test_all_releases_are_on_pages_of_their_own() -> None:
    (track,) = credited(1, "artist")
    for number in range(30):
        release = ReleaseFactory.create(owner=track.owner, title=f"R{number}", visibility="public")
        credit_release(release, "Ada")
    page = Client().get("/artists/ada/").text
    assert 'href="/artists/ada/releases/"' in page
    address, seen = "/artists/ada/releases/", []
    while address:
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        assert len(asked) <= 8
        seen += [row.title for row in answer.context["releases"]]
        following = answer.context["next_url"]
        address = f"/artists/ada/releases/{following}" if following else ""
    assert seen == [f"R{number}" for number in reversed(range(30))]


def test_lists_and_names_beside_it_are_those_everybody_finds() -> None:
    (track, second) = credited(2, "artist")
    for one, names in ((track, ("Bo", "Cy")), (second, ("Bo",))):
        for name in names:
            credit(one, name, "writer")
    private = ReadyTrackFactory.create(owner=track.owner)
    credit(private, "Ada", "writer")
    credit(private, "Secret", "writer")
    for title, visibility in (("Evening", "public"), ("Hidden", "private")):
        row = PlaylistFactory.create(title=title, visibility=visibility)
        PlaylistItem.objects.create(playlist=row, track=track, position=1, added_by=row.owner)
    answer = Client().get("/artists/ada/")
    assert [str(name) for name in answer.context["beside"]] == ["Bo", "Cy"]
    assert [row.title for row in answer.context["playlists"]] == ["Evening"]
    assert "Secret" not in answer.text


def test_a_name_is_played_as_artist_or_else_as_whatever_it_is() -> None:
    (track,) = credited(1)

    def played(key: str) -> Any:
        return Client().get(f"/api/v1/lists/artist/{key}/")

    assert [row["track_id"] for row in played("ada").json()["entries"]] == [str(track.pk)]
    (own,) = credited(1, "artist")
    assert [row["track_id"] for row in played("ada").json()["entries"]] == [str(own.pk)]
    producing = played("ada:producer").json()["entries"]
    assert [row["track_id"] for row in producing] == [str(track.pk)]
    assert played("ada:cook").status_code == played("nobody").status_code == 404
    page = Client().get("/artists/ada/").text
    assert '<play-list class="play-all scripting-only" kind="artist" key="ada">' in page


def test_what_somebody_says_to_the_press_stands_on_the_page_of_their_name() -> None:
    (track,) = credited(1, "artist")
    Name.objects.update(account=track.owner)
    page = ArtistPage.objects.create(user=track.owner, press_md="Born by *the sea*.")
    assert "the sea" not in Client().get("/artists/ada/").text
    page.shows_press = True
    page.save()
    shown = Client().get("/artists/ada/").text
    assert "Born by the sea." in shown
    assert f'href="/@{track.owner.handle}/press/"' in shown
    credit(PublicTrackFactory.create(), "Ada", "writer")
    judges.ban(track.owner)
    answer = Client().get("/artists/ada/")
    assert answer.status_code == 200
    assert "the sea" not in answer.text


def test_a_whole_page_takes_eight_queries() -> None:
    (track,) = credited(1, "artist")
    Name.objects.update(account=track.owner)
    release = ReleaseFactory.create(owner=track.owner, visibility="public")
    credit_release(release, "Ada")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    row = PlaylistFactory.create(visibility="public")
    PlaylistItem.objects.create(playlist=row, track=track, position=1, added_by=row.owner)
    credit(track, "Bo", "writer")
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/artists/ada/")
    assert answer.context["playlists"]
    assert len(asked) <= 8


def test_programs_are_told_what_the_page_shows() -> None:
    (track,) = credited(1, "artist")
    credit(track, "Bo", "writer")
    Name.objects.filter(slug="ada").update(account=track.owner)
    release = ReleaseFactory.create(
        owner=track.owner, title="Shore", kind="ep", released_on="1977", visibility="public"
    )
    label = Label.objects.create(owner=track.owner, name="Fields", slug="fields")
    Release.objects.update(label=label)
    credit_release(release, "Ada")
    told = Client().get("/api/v1/artists/ada/").json()
    assert told == {
        "name": "Ada",
        "url": "/artists/ada/",
        "handle": track.owner.handle,
        "verified": "",
        "roles": [{"role": "artist", "count": 1}],
        "releases": [
            {
                "id": str(release.pk),
                "title": "Shore",
                "url": release.get_absolute_url(),
                "kind": "ep",
                "released_on": "1977",
                "is_own": True,
            }
        ],
        "labels": [{"id": str(label.pk), "name": "Fields", "url": "/labels/fields/"}],
        "playlists": [],
        "together_with": [{"name": "Bo", "url": "/artists/bo/"}],
    }
    assert Client().get("/api/v1/artists/bo/").json()["handle"] is None
    assert Client().get("/api/v1/artists/none/").status_code == 404
