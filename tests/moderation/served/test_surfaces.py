"""A site of several processes: what a decision hides closes everywhere, and opens again."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from django.contrib.auth.models import AnonymousUser
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from moderation.decisions import services
from moderation.models import Walk
from tests.browser.fixtures import Publish
from tests.factories.media_pipeline import JobFactory
from tests.factories.moderation import decide, moderator
from tests.factories.notes import NoteFactory
from tests.indexing import index
from tests.sites import Site, database_url, wait_until
from tracks import player
from tracks.models import Track, TrackVersion

WITHIN_S = 60  # each way, on every surface
TITLE = "Loudest cider"
GONE = 4404


@pytest.fixture
def other(site: Site) -> Iterator[Site]:
    """A second web process of the same site."""
    found = Site(database_url())
    with closing(_Stopping(found)):
        yield found


class _Stopping:
    def __init__(self, site: Site) -> None:
        self.close = site.stop


def music_of(track: Track) -> str:
    """Return the signed address that a page of now gives a visitor; empty where it gives none."""
    opened = TrackVersion.objects.opened_by(AnonymousUser()).for_player()
    shown = opened.filter(track=track).first()
    found = player.addresses(shown).hls if shown else None
    return found or ""


def surfaces_of(track: Track, origin: str) -> dict[str, str]:
    """Return where a visitor meets a piece, and what says there that it is shown."""
    handle, place = track.owner.handle, track.get_absolute_url()
    address = quote(f"{origin}{place}", safe="")
    return {
        place: TITLE,
        f"/embed/track/{track.pk}/": TITLE,
        f"/api/v1/tracks/{track.pk}/": TITLE,
        f"/api/v1/tracks/{track.pk}/versions/": str(track.primary_version_id),
        f"/tracks/{track.pk}/notes/": "Less reverb",
        "/": TITLE,
        f"/@{handle}/": TITLE,
        "/search/?q=loudest": TITLE,
        "/api/v1/search/?q=loudest": TITLE,
        "/api/v1/suggest/?q=loudest": TITLE,
        "/api/v1/lists/latest/-/": str(track.pk),
        f"/feeds/people/{handle}/rss.xml": TITLE,
        "/feeds/rss.xml": TITLE,
        f"/feeds/tracks/{track.pk}/stream.m3u8": "",
        f"/oembed/?url={address}": TITLE,
    }


def shown_on(client: httpx.Client, surfaces: dict[str, str]) -> set[str]:
    """Return on which of them it is."""
    found = set()
    for path, mark in surfaces.items():
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code < 400 and mark in answer.text:
            found.add(path)
    return found


@pytest.mark.long("two web processes and a worker, every surface, both ways")
def test_every_surface_closes_and_opens_within_a_minute(
    site: Site, other: Site, publish: Publish
) -> None:
    track = publish(title=TITLE)
    NoteFactory.create(version=track.primary_version, body_md="Less reverb.")
    index()
    site.serve(NEXUS_PAGE_CACHE_SECONDS="600")
    other.serve(NEXUS_PAGE_CACHE_SECONDS="600")
    site.work("general")
    surfaces = surfaces_of(track, site.url)
    with ExitStack() as stack:
        doors = [stack.enter_context(one.client()) for one in (site, other)]
        for _ in range(2):  # the second time from what is kept
            usual = [shown_on(door, surfaces) for door in doors]
        # The second knows itself by another port than the address that is handed to oEmbed.
        assert usual == [set(surfaces), set(surfaces) - {list(surfaces)[-1]}]
        signed = music_of(track)
        assert {door.get(signed).status_code for door in doors} == {200}

        made = decide(track.primary_version, "hide", "version")
        wait_until(lambda: not any(shown_on(door, surfaces) for door in doors), WITHIN_S)
        assert {door.get(signed).status_code for door in doors} == {403}
        wait_until(lambda: Walk.objects.filter(decision=made).exists(), WITHIN_S)
        (found,) = Walk.objects.filter(decision=made)
        assert not any(one["shown"] for one in found.surfaces), found.surfaces

        services.restore(decision=made, by=moderator(), facts="It quotes.")
        wait_until(lambda: [shown_on(door, surfaces) for door in doors] == usual, WITHIN_S)
        assert {door.get(music_of(track)).status_code for door in doors} == {200}
        assert {door.get(signed).status_code for door in doors} == {403}, "what was ended stays so"


def told_until_closed(socket: Any) -> int:
    """Read until the socket ends; return its close code."""
    with suppress(ConnectionClosed):
        for _ in socket:
            pass
    return int(socket.close_code or 0)


@pytest.mark.parametrize("kind", ["hide", "remove"])
def test_open_sockets_end_when_a_piece_is_closed(site: Site, publish: Publish, kind: str) -> None:
    track = publish(title=TITLE)
    asset = track.primary_version.media.asset
    JobFactory(asset=asset, dedupe_key=f"process:{asset.pk}")  # so that its page is live
    TrackVersion.objects.filter(track=track).update(status="processing")
    site.serve()
    base = site.url.replace("http", "ws")
    paths = [f"/ws/tracks/{track.pk}/notes/", f"/ws/versions/{track.primary_version_id}/"]
    with ExitStack() as stack:
        sockets = [
            stack.enter_context(connect(base + path, origin=site.url))  # type: ignore[arg-type]
            for path in paths
        ]
        made = decide(track, kind)
        assert [told_until_closed(socket) for socket in sockets] == [GONE] * len(sockets)
    for path in paths:
        with pytest.raises(InvalidStatus, match="403"):
            connect(base + path, origin=site.url)  # type: ignore[arg-type]
    services.restore(decision=made, by=moderator(), facts="It quotes.")
    with connect(base + paths[0], origin=site.url) as socket:  # type: ignore[arg-type]
        assert socket.recv(timeout=10)


def test_a_note_that_is_hidden_leaves_the_pages_that_are_open(site: Site, publish: Publish) -> None:
    track = publish(title=TITLE)
    note = NoteFactory.create(version=track.primary_version, body_md="Less reverb.")
    site.serve()
    address = f"{site.url}/ws/tracks/{track.pk}/notes/".replace("http", "ws")
    with connect(address, origin=site.url) as socket:  # type: ignore[arg-type]
        assert str(note.pk) in str(socket.recv(timeout=10))
        made = decide(note, "hide", "note")
        told = str(socket.recv(timeout=10))
        assert str(note.pk) in told
        assert "Less reverb" not in told
        services.restore(decision=made, by=moderator(), facts="It quotes.")
        assert str(note.pk) in str(socket.recv(timeout=10))
