"""What is limited is in no list that finds, to nobody; its address and its owner's pages go on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client

from moderation.decisions import services
from moderation.decisions.effects import simulate
from moderation.decisions.rules import LIMITED
from moderation.models import Decision
from moderation.models.decision import ClosedNow
from tests.factories.moderation import decide, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.tracks.alike.sounds import at, sounding
from tracks.criteria.language import read
from tracks.models import Label, Name, Playlist, Release, Tag, Track, TrackTag
from tracks.tags.services.counting import recount

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = AnonymousUser()


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


def slices(client: Client, kind: str) -> str:
    """Return what the sitemap tells of one kind of thing."""
    tops = client.get("/sitemap.xml").text.split("<loc>")[1:]
    addresses = [top.partition("</loc>")[0] for top in tops]
    found = [one for one in addresses if f"/{kind}" in one]
    return "".join(client.get("/" + one.split("/", 3)[3]).text for one in found)


def a_track(owner: Any) -> Track:
    """Return a published piece with a tag, a tempo, and another one that sounds like it."""
    track = sounding(at(0), title="Loudest piece", owner=owner, bpm=120)
    tag, _ = Tag.objects.get_or_create(
        slug="gloom", defaults={"name": "gloom", "key": "gloom", "kind": "genre"}
    )
    TrackTag.objects.create(track=track, tag=tag, state="accepted", source="owner")
    recount([tag.pk])
    sounding(at(2), title="Seed", slug="seed")
    index()
    return track


def test_a_piece_leaves_every_list_that_finds_and_comes_back(client: Client) -> None:
    owner = UserFactory.create(handle="ada")
    track = a_track(owner)
    rules = {"rules": [{"field": "bpm", "operator": "least", "value": "100"}], "sort": "title"}
    smart = PlaylistFactory.create(rules=read(rules).kept())
    finding = {
        "home": "/",
        "search": "/search/?q=Loudest",
        "api": "/api/v1/search/?q=Loudest",
        "suggest": "/api/v1/suggest/?q=Loud",
        "tag": "/tags/gloom/",
        "tempo": "/browse/tempo/120-130/",
        "similar": "/tracks/seed/similar/",
        "api similar": f"/api/v1/tracks/{Track.objects.get(slug='seed').pk}/similar/",
        "latest": "/api/v1/lists/latest/-/",
        "feed": "/feeds/atom.xml",
        "tag feed": "/feeds/tags/gloom/rss.xml",
        "smart": smart.get_absolute_url(),
        "smart feed": f"/feeds/playlists/{smart.slug}/atom.xml",
        "sitemap": "",
    }
    going_on = {
        "page": track.get_absolute_url(),
        "profile": "/@ada/",
        "embed": f"/embed/track/{track.pk}/",
        "api": f"/api/v1/tracks/{track.pk}/",
        "own feed": "/feeds/people/ada/feed.json",
        "played": "/api/v1/lists/profile/ada/",
    }

    def seen(where: dict[str, str]) -> dict[str, bool]:
        pages = {name: slices(client, "tracks") if not url else "" for name, url in where.items()}
        pages |= {name: client.get(url).text for name, url in where.items() if url}
        return {name: "Loudest piece" in text or track.slug in text for name, text in pages.items()}

    signed_in = Client()
    signed_in.force_login(owner)
    everywhere = dict.fromkeys(finding, True)
    assert seen(finding) == everywhere
    assert seen(going_on) == dict.fromkeys(going_on, True)
    made = decide(track, "limit")
    assert seen(finding) == dict.fromkeys(finding, False)
    assert seen(going_on) == dict.fromkeys(going_on, True)
    assert "Loudest piece" not in signed_in.get("/search/?q=Loudest").text.partition("<main")[2]
    assert "taken this out of lists" in signed_in.get(track.get_absolute_url()).text
    services.restore(decision=made, by=moderator(), facts="No.")
    index()
    assert seen(finding) == everywhere
    assert "taken this out of lists" not in signed_in.get(track.get_absolute_url()).text


@pytest.mark.parametrize(("scope", "path"), [("release", "releases"), ("playlist", "playlists")])
def test_a_release_and_a_playlist_too(scope: str, path: str, client: Client) -> None:
    factory: Any = ReleaseFactory if scope == "release" else PlaylistFactory
    row = factory.create(visibility="public", title="Greyest list")
    index()
    finding = [f"/search/?q=Greyest&type={scope}", "/search/?q=Greyest", ""]
    if scope == "release":
        finding.append("/api/v1/releases/")

    def seen() -> list[bool]:
        texts = [client.get(url).text if url else slices(client, path) for url in finding]
        return ["Greyest list" in text or row.slug in text for text in texts]

    assert all(seen())
    made = decide(row, "limit", scope)
    assert not any(seen())
    assert "Greyest list" in client.get(row.get_absolute_url()).text
    assert "Greyest list" in client.get(row.owner.get_absolute_url()).text
    services.restore(decision=made, by=moderator(), facts="No.")
    assert all(seen())


def test_a_person_with_all_that_is_theirs(client: Client) -> None:
    owner = UserFactory.create(handle="ada", display_name="Adalbert Loudest")
    track = a_track(owner)
    release = ReleaseFactory.create(owner=owner, visibility="public", title="Loudest release")
    label = Label.objects.create(owner=owner, name="Loudest label", slug="loudest-label")
    Release.objects.filter(pk=release.pk).update(label=label)
    name = Name.objects.create(name="Loudest name", slug="loudest-name", key="loudest name")
    Name.objects.filter(pk=name.pk).update(account=owner)
    release.credits.create(name=name, role="artist", position=1)
    index()
    kinds = ("track", "release", "person", "label", "artist")
    finding = [f"/search/?q=Loudest&type={kind}" for kind in kinds]
    finding += ["/", "/tags/gloom/", "/api/v1/lists/latest/-/"]

    def found() -> list[bool]:
        words = ("Loudest piece", "Loudest release", "@ada", "Loudest label", "Loudest name")
        texts = [client.get(url).text for url in finding]
        return [any(word in text for word in words) for text in texts]

    assert all(found())
    made = decide(owner, "limit", "person")
    assert not any(found())
    for page in (track, release, owner):
        assert client.get(page.get_absolute_url()).status_code == 200
    assert "Loudest piece" in client.get("/@ada/").text
    assert not any(
        word in slices(client, kind)
        for kind, word in (("tracks", track.slug), ("people", "@ada"), ("releases", release.slug))
    )
    services.restore(decision=made, by=moderator(), facts="No.")
    index()
    assert all(found())


def test_it_says_beforehand_what_is_no_longer_found() -> None:
    owner = UserFactory.create()
    track = PublicTrackFactory.create(owner=owner)
    PlaylistFactory.create(owner=owner)
    assert simulate("limit", "track", track).sentence == (
        "This takes 1 piece out of lists and searches."
    )
    assert simulate("limit", "person", owner).sentence == (
        "This takes 1 piece, 1 list out of lists and searches."
    )


def test_what_is_limited_is_what_is_in_force() -> None:
    tracks = PublicTrackFactory.create_batch(4)
    decide(tracks[0], "limit")
    decide(tracks[1], "hide")
    undone = decide(tracks[2], "limit")
    services.restore(decision=undone, by=moderator(), facts="No.")
    decide(tracks[3].owner, "limit", "person")
    rows = Decision.objects.in_force().filter(kind="limit").values_list("target_id", flat=True)
    limited = Track.objects.filter(ClosedNow(["pk", "owner"], LIMITED, "limit"))
    assert {track.pk for track in limited} == {tracks[0].pk, tracks[3].pk}
    assert set(rows) == {tracks[0].pk, tracks[3].owner_id}
    assert Playlist.objects.filter(ClosedNow(["pk", "owner"], LIMITED, "limit")).count() == 0
