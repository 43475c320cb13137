"""What somebody who works on a playlist may, by how open it is, at every address it has."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory
from tracks.collections import services as collections
from tracks.models import PlaylistInvitation
from tracks.playlists.services import people

pytestmark = pytest.mark.django_db

# The route, the method, and what each openness answers: public, unlisted, private.
OPEN, THERE = (200, 200, 200), (302, 302, 302)
CLOSED = (404, 404, 404)
TABLE = [
    ("playlist-detail", "GET", OPEN),
    ("playlist-edit", "GET", OPEN),
    ("playlist-edit", "POST", CLOSED),
    ("playlist-delete", "GET", CLOSED),
    ("playlist-delete", "POST", CLOSED),
    ("playlist-rules", "GET", CLOSED),
    ("playlist-people", "GET", CLOSED),
    ("playlist-people", "POST", CLOSED),
    ("playlist-together", "GET", OPEN),
    ("playlist-add", "POST", THERE),
    ("playlist-move", "POST", THERE),
    ("playlist-remove", "POST", THERE),
    ("list-export-m3u8", "GET", OPEN),
    ("api-playlist", "GET", OPEN),
    ("api-playlist", "PATCH", CLOSED),
    ("api-playlist", "DELETE", CLOSED),
    ("api-playlist-tracks", "PUT", (400, 400, 400)),
    ("api-playlist-item", "PATCH", OPEN),
    ("api-playlist-item", "DELETE", (403, 403, 403)),
    ("api-playlist-xspf", "GET", OPEN),
    ("api-list", "GET", OPEN),
    ("embed-playlist", "GET", (200, 404, 404)),
]


def address(route: str, playlist: Any) -> str:
    item = playlist.items.first().pk
    if route in {"playlist-move", "playlist-remove"}:
        return reverse(route, args=[playlist.slug, item])
    if route == "api-playlist-item":
        return reverse(route, args=[playlist.pk, item])
    if route in {"api-list", "list-export-m3u8"}:
        return reverse(route, args=["playlist", playlist.slug])
    is_by_id = route.startswith(("api-", "embed-"))
    return reverse(route, args=[playlist.pk if is_by_id else playlist.slug])


@pytest.mark.parametrize(("route", "method", "wanted"), TABLE)
@pytest.mark.parametrize("openness", [0, 1, 2], ids=["public", "unlisted", "private"])
def test_a_collaborator(
    route: str, method: str, wanted: tuple[int, int, int], openness: int, client: Client
) -> None:
    visibility = ("public", "unlisted", "private")[openness]
    playlist, person = PlaylistFactory.create(visibility=visibility), UserFactory.create()
    collections.add(collection=playlist, track=PublicTrackFactory.create())
    people.invite(playlist=playlist, person=person, by=playlist.owner)
    client.force_login(person)
    if visibility == "private":
        before = client.generic(method, address(route, playlist)).status_code
        assert before == (200 if route == "playlist-together" else 404), "not before they accept"
    people.accept(playlist=playlist, person=person)
    assert client.generic(method, address(route, playlist)).status_code == wanted[openness]


def test_who_only_came_by_a_link_that_ended_gets_nowhere(client: Client) -> None:
    playlist = PlaylistFactory.create(visibility="private")
    link = people.make_link(playlist=playlist, by=playlist.owner)
    people.end_link(playlist=playlist, by=playlist.owner)
    client.force_login(UserFactory.create())
    assert client.get(reverse("playlist-join", args=[link.token])).status_code == 404
    assert not PlaylistInvitation.objects.exists()
