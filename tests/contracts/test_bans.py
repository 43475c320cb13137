"""A ban closes every address of what a person has, to everybody, and lifting it opens them again.

The addresses are those of the table of permissions, the sockets those of the routing: one that is
added there is walked here.
"""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.serving import fast_lane
from media_pipeline.delivery import media_url, paths
from social.models import Notification
from tests.contracts.cast import Cast, address
from tests.contracts.test_permissions import ROWS, signed_in
from tests.factories import moderation as judges
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index

pytestmark = pytest.mark.django_db

CLOSED = {403, 404, 410}
# One leads to the page's address of today without looking whose it is: that one is closed. The
# music of the cast is nobody's; what is signed ends in `tracks/visibility/test_closing.py`.
ELSEWHERE = {"track-difference", "media-file"}
SCOPES = {"std": "master.m3u8", "lossless": "master.m3u8", "img": "cover.jpg"}
READING = {"GET", "HEAD"}
# The formats of a feed are one view, and RSS stands for them.
OTHER_FORMATS = ("-atom", "-json")


def open_to_all(cast: Cast) -> dict[str, str]:
    """Return what a visitor reads of the owner's things: the address, and its route."""
    return {
        address(row, cast): row.route
        for row in ROWS
        if row.method in READING and row.on and row.visitor < 400 and row.route not in ELSEWHERE
        # What sends a visitor to sign in is not open; a cover sends on to its file.
        if row.visitor != 302 or row.route == "cover"
        if not (row.route.startswith("feed-") and row.route.endswith(OTHER_FORMATS))
    }


def statuses(client: Client, places: dict[str, str]) -> dict[str, int]:
    return {f"{route} {place}": client.get(place).status_code for place, route in places.items()}


@pytest.mark.parametrize("person", ["visitor", "stranger", "staff"])
def test_everything_of_a_banned_person_is_closed_and_opened_again(person: str, cast: Cast) -> None:
    client, places = signed_in(cast, person), open_to_all(cast)
    assert len(places) >= 25
    before = statuses(client, places)
    assert max(before.values()) < 400
    judges.ban(cast.people["owner"])
    closed = statuses(client, places)
    assert {place: code for place, code in closed.items() if code not in CLOSED} == {}
    judges.unban(cast.people["owner"])
    assert statuses(client, places) == before


def test_what_is_listed_forgets_them(cast: Cast, client: Client) -> None:
    title = cast.tracks["public"].title
    index()
    lists = ("/", f"/search/?q={title.split()[0]}", "/api/v1/lists/latest/-/")
    assert all(title in client.get(page).text for page in lists)
    judges.ban(cast.people["owner"])
    assert not any(title in client.get(page).text for page in lists)


@pytest.mark.django_db(transaction=True)
def test_kept_pages_are_closed_at_once_and_opened_again(cast: Cast, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 600
    cache.clear()
    client, title = Client(), cast.tracks["public"].title
    owner = cast.people["owner"]
    pages = [cast.tracks["public"].get_absolute_url(), owner.get_absolute_url()]
    index()
    lists = ["/", f"/search/?q={title.split()[0]}"]
    for place in pages + lists:
        client.get(place)
        assert kept_here(place), place
    judges.ban(owner)
    assert not any(kept_here(place) for place in pages + lists)
    assert {client.get(place).status_code for place in pages} <= CLOSED
    assert not any(title in client.get(place).text for place in lists)
    judges.unban(owner)
    assert {client.get(place).status_code for place in pages} == {200}
    assert all(title in client.get(place).text for place in lists)
    cache.clear()


def kept_here(place: str) -> bool:
    """Tell whether the fast lane answers this itself, as daphne would ask it."""
    path, _, query = place.partition("?")
    scope = {
        "method": "GET",
        "scheme": "http",
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"testserver")],
    }
    return fast_lane.kept_page(scope) is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_what_was_signed_before_is_closed(scope: str, client: Client) -> None:
    track = PublicTrackFactory.create()
    media = track.primary_version.media

    def ask() -> int:
        attempt = media.asset.attempt
        return client.get(media_url(media, attempt, SCOPES[scope], scope=scope)).status_code

    assert ask() != 403
    judges.ban(track.owner)
    assert ask() == 403
    judges.unban(track.owner)
    assert ask() == 403, "what has ended stays ended"
    media.refresh_from_db()
    assert ask() != 403


def test_every_scope_is_walked() -> None:
    assert set(SCOPES) == set(paths.PATTERNS)


def test_notifications_of_their_pieces_are_not_shown(cast: Cast, client: Client) -> None:
    version, reader = cast.tracks["public"].primary_version, UserFactory.create()
    words = "Words of the excerpt"
    note = NoteFactory.create(version=version, body_md=words)
    Notification.objects.create(
        user=reader, kind="replied", actor_name="A", track=note.track, note=note
    )
    client.force_login(reader)
    assert words in client.get("/notifications/").text
    judges.ban(cast.people["owner"])
    assert words not in client.get("/notifications/").text
    judges.unban(cast.people["owner"])
    assert words in client.get("/notifications/").text
