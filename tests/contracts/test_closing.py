"""What is closed or taken away is gone at once, from kept pages and from those being drawn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from moderation.evidence.services import open_evidence
from social.models import Note
from social.notes.services import notes
from social.review.services import reviewers
from tests.factories.notes import NoteFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
)
from tracks import cards
from tracks.catalogue import selectors
from tracks.collections import selectors as collecting
from tracks.collections.services import add
from tracks.models import Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, act: Callable[[], object]
) -> list[int]:
    """Let `act` happen once, when the page is about to ask for what it shows."""
    real, done = getattr(where, name), list[int]()

    def ask(*args: Any, **words: Any) -> Any:
        if not done:
            done.append(1)
            act()
        return real(*args, **words)

    monkeypatch.setattr(where, name, ask)
    return done


@pytest.mark.parametrize("closed", ["unlisted", "private"])
def test_a_list_tells_no_key_of_what_closes_while_it_is_drawn(
    client: Client, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    track = PublicTrackFactory.create(title="Was public")

    def close() -> None:
        set_visibility(track=track, visibility=closed, by=track.owner)

    done = meanwhile(monkeypatch, cards._THESE, "ask", close)
    page = client.get(track.owner.get_absolute_url()).text
    assert done
    track.refresh_from_db()
    assert track.token not in page
    assert "Was public" not in page


def test_a_playlist_tells_no_key_of_what_closes_while_it_is_drawn(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    playlist, track = PlaylistFactory.create(), PublicTrackFactory.create(title="Was public")
    add(collection=playlist, track=track)
    real = collecting.visible_items

    def items(*args: Any) -> Any:
        found = real(*args)
        keys = list(found.values_list("pk", flat=True))
        set_visibility(track=track, visibility="unlisted", by=track.owner)
        return type(playlist).items.rel.related_model.objects.filter(pk__in=keys)

    monkeypatch.setattr(collecting, "visible_items", items)
    rows, _ = collecting.items_page(playlist, UserFactory.create())
    assert rows == []


def test_the_words_about_embedding_tell_no_key(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = PublicTrackFactory.create(title="Was public")
    real = selectors.latest

    def latest(*args: Any) -> Any:
        found = real(*args)
        set_visibility(track=track, visibility="unlisted", by=track.owner)
        return found

    monkeypatch.setattr(selectors, "latest", latest)
    answer = client.get("/docs/embed/")
    track.refresh_from_db()
    assert answer.status_code == 200
    assert track.token not in answer.text


@pytest.mark.parametrize("part", [True, False])
def test_a_note_that_was_taken_away_is_read_by_nobody_any_more(client: Client, part: bool) -> None:
    note = NoteFactory.create(body_md="Words of then")
    room = reverse("track-notes", args=[note.track_id])
    headers = {"HX-Request": "true"} if part else {}
    assert "Words of then" in client.get(room, headers=headers).text
    notes.edit(note=note, by=note.user, body_md="Words of now")
    page = client.get(room, headers=headers).text
    assert "Words of now" in page
    assert "Words of then" not in page
    notes.remove(note=note, by=note.user)
    assert "Words of now" not in client.get(room, headers=headers).text


def test_a_reviewer_sees_in_a_list_what_is_open_to_them(client: Client) -> None:
    playlist = PlaylistFactory.create()
    track = ReadyTrackFactory.create(owner=playlist.owner, title="Not out yet")
    add(collection=playlist, track=track)
    assert "Not out yet" not in client.get(playlist.get_absolute_url()).text
    reviewer = UserFactory.create()
    reviewers.invite(track=track, by=track.owner, user=reviewer)
    client.force_login(reviewer)
    client.get("/notifications/")
    assert "Not out yet" in client.get(playlist.get_absolute_url()).text


def test_evidence_gives_no_right_to_write(client: Client) -> None:
    track: Track = ReadyTrackFactory.create()
    staff = StaffFactory.create(is_superuser=True)
    open_evidence(by=staff, track=track, reason="A report.", hours=1)
    client.force_login(staff)
    room = reverse("track-notes", args=[track.pk])
    assert client.get(room).status_code == 200
    client.post(room, {"body_md": "Seen.", "at": "0:00", "visibility": "public"})
    assert not Note.objects.exists()


def test_a_query_is_read_in_one_way(client: Client) -> None:
    from config.serving.fast_lane import kept_page

    assert client.get("/search/", {"q": "Ã©"}).status_code == 200
    scope = {
        "method": "GET",
        "scheme": "http",
        "raw_path": b"/search/",
        "query_string": "q=é".encode(),
        "headers": [(b"host", b"testserver")],
    }
    assert kept_page(scope) is None
