"""The sockets of notes and of news: who hears what, and when they are cut off."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.utils import timezone

from social.models import Note, Notification, ReviewLink, User
from social.notes.services import notes
from social.notifications import services as notifications
from tests.factories import moderation as judges
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tests.jobs import read_events
from tests.sockets import ELSEWHERE, drive, signed_in, socket
from tracks.models import Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]
SOON = 3  # seconds


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create()


def room(track: Track, query: str = "") -> str:
    return f"/ws/tracks/{track.pk}/notes/{query}"


async def heard(connection: Any) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await connection.receive_from(timeout=SOON))
    return message


async def entered(path: str, client: Client | None = None) -> tuple[Any, dict[str, Any]]:
    """Return a socket that was let in, and the state it was told."""
    connection = socket(path, client)
    assert (await connection.connect())[0]
    return connection, (await heard(connection))["threads"]


def write(track: Track, author: User, **more: Any) -> Note:
    version = track.primary_version
    return notes.write(version=version, author=author, body_md="*Late*.", at_ms=1000, **more)


def test_a_note_is_told_as_each_viewer_may_see_it(track: Track) -> None:
    fan, owner = UserFactory.create(), signed_in(track.owner)

    async def story() -> None:
        artist, state = await entered(room(track), owner)
        visitor, _ = await entered(room(track))
        assert state == {}
        note = await sync_to_async(write)(track, fan)
        mine, theirs = await heard(artist), await heard(visitor)
        assert mine["id"] == theirs["id"] == str(note.pk)
        assert "<em>Late</em>" in theirs["html"]
        assert "resolution" in mine["html"]
        assert "resolution" not in theirs["html"]
        assert "csrf" not in mine["html"]
        await sync_to_async(notes.remove)(note=note, by=fan)
        gone = await heard(visitor)
        assert (gone["id"], gone["html"]) == (str(note.pk), None)
        await artist.disconnect()
        await visitor.disconnect()

    drive(story)


def test_nothing_is_said_of_notes_for_reviewers_alone(track: Track) -> None:
    secret = NoteFactory.create(
        version=track.primary_version, user=track.owner, visibility="reviewers"
    )
    owner = signed_in(track.owner)

    async def story() -> None:
        artist, known = await entered(room(track), owner)
        visitor, state = await entered(room(track))
        assert list(known) == [str(secret.pk)]
        assert state == {}
        await sync_to_async(write)(track, track.owner, visibility="reviewers")
        await sync_to_async(notes.reply)(parent=secret, author=track.owner, body_md="Hush.")
        await heard(artist)
        await visitor.send_to(json.dumps({"want": [str(secret.pk)]}))
        assert await visitor.receive_nothing(timeout=0.5)
        await artist.disconnect()
        await visitor.disconnect()

    drive(story)


def test_whoever_was_away_asks_for_what_changed(track: Track) -> None:
    note = NoteFactory.create(version=track.primary_version)

    async def story() -> None:
        first, before = await entered(room(track))
        await first.disconnect()
        await sync_to_async(notes.reply)(parent=note, author=track.owner, body_md="Right.")
        again, after = await entered(room(track))
        assert after[str(note.pk)][0] == before[str(note.pk)][0]
        assert len(after[str(note.pk)]) == 2
        await again.send_to(json.dumps({"want": [str(note.pk)]}))
        assert "Right." in (await heard(again))["html"]
        await again.disconnect()

    drive(story)


@pytest.mark.parametrize("nonsense", ["no", "[]", '{"want": 3}', '{"want": ["x"]}', "9" * 9000])
def test_nonsense_is_not_heard(track: Track, nonsense: str) -> None:
    async def story() -> None:
        connection, _ = await entered(room(track))
        await connection.send_to(nonsense)
        assert await connection.receive_nothing(timeout=0.3)
        await connection.disconnect()

    drive(story)


def test_a_filter_holds_for_what_comes_live(track: Track) -> None:
    note = NoteFactory.create(version=track.primary_version)

    async def story() -> None:
        connection, state = await entered(room(track, "?state=open"))
        assert list(state) == [str(note.pk)]
        await sync_to_async(notes.resolve)(note=note, by=track.owner)
        assert (await heard(connection))["html"] is None
        await connection.disconnect()

    drive(story)


def test_strangers_and_other_sites_are_refused() -> None:
    closed = ReadyTrackFactory.create()
    stranger, owner = signed_in(UserFactory.create()), signed_in(closed.owner)

    async def story() -> None:
        assert not (await socket(room(closed)).connect())[0]
        assert not (await socket(room(closed), stranger).connect())[0]
        assert not (await socket(room(closed, "?v=9"), owner).connect())[0]
        assert not (await socket(room(closed, "?by=x"), owner).connect())[0]
        foreign = socket(room(closed), owner, ELSEWHERE)
        assert not (await foreign.connect())[0]
        assert not (await socket("/ws/notifications/").connect())[0]

    drive(story)


def test_a_closed_piece_cuts_its_listeners_off(track: Track) -> None:
    async def story() -> None:
        connection, _ = await entered(room(track))
        await sync_to_async(set_visibility)(track=track, visibility="private", by=track.owner)
        assert (await connection.receive_output(timeout=SOON))["code"] == 4404

    drive(story)


def test_a_review_link_that_ends_cuts_its_guest_off() -> None:
    link = ReviewGuestFactory.create().link

    async def story() -> None:
        connection, _ = await entered(room(link.track, f"?token={link.token}"))
        await sync_to_async(ReviewLink.objects.update)(revoked_at=timezone.now())
        await sync_to_async(write)(link.track, link.track.owner)
        assert (await connection.receive_output(timeout=SOON))["code"] == 4404

    drive(story)


def test_a_ban_ends_the_socket_at_the_next_look(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.lib.sockets.RECHECK_S", 0.2)
    fan = UserFactory.create()
    client = signed_in(fan)

    async def story() -> None:
        connection, _ = await entered(room(track), client)
        await sync_to_async(judges.ban)(fan)
        assert (await connection.receive_output(timeout=SOON))["code"] == 4404

    drive(story)


def test_the_badge_counts_what_was_not_read(track: Track) -> None:
    fan, owner = UserFactory.create(), signed_in(track.owner)

    async def story() -> None:
        connection = socket("/ws/notifications/", owner)
        assert (await connection.connect())[0]
        assert await heard(connection) == {"unread": 0}
        await sync_to_async(write)(track, fan)
        await sync_to_async(read_events)()
        assert await heard(connection) == {"unread": 1}
        await sync_to_async(notifications.mark_read)(user=track.owner)
        assert await heard(connection) == {"unread": 0}
        await connection.disconnect()

    drive(story)
    assert Notification.objects.get().read_at


def test_a_note_is_there_well_within_a_second(track: Track) -> None:
    fan, owner = UserFactory.create(), signed_in(track.owner)

    async def story() -> None:
        connection, _ = await entered(room(track), owner)
        begun = asyncio.get_running_loop().time()
        await sync_to_async(write)(track, fan)
        await heard(connection)
        assert asyncio.get_running_loop().time() - begun < 1
        await connection.disconnect()

    drive(story)
