"""Before it is decided, a moderator reads how many open pages it would drop."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import timezone

from moderation.decisions.effects import simulate
from tests.factories.moderation import decide, make_case, make_report, moderator, write_to
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, add_version
from tests.sockets import drive, signed_in, socket
from tracks.models import PlaylistCollaborator, Release

GONE = 4404
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]


def test_open_sockets_are_counted_each_once_and_the_owners_where_they_stay() -> None:
    track = PublicTrackFactory.create()
    first = track.primary_version
    add_version(track)
    other = PublicTrackFactory.create(owner=track.owner)
    elsewhere = PublicTrackFactory.create()
    owner, stranger = signed_in(track.owner), signed_in(UserFactory.create())

    def said(kind: str, scope: str, row: Any) -> int:
        try:
            return simulate(kind, scope, row).sockets
        finally:
            connections.close_all()

    async def story() -> None:
        rooms = [(track, owner), (track, stranger), (track, None), (other, None), (elsewhere, None)]
        pages = [socket(f"/ws/tracks/{of.pk}/notes/", who) for of, who in rooms]
        for page in pages:
            assert (await page.connect())[0]
        # Beside the loop of the sockets, as views are.
        ask = sync_to_async(said, thread_sensitive=False)
        assert await ask("hide", "track", track) == 2
        assert await ask("remove", "track", track) == 3
        assert await ask("hide", "version", track.primary_version) == 2
        assert await ask("hide", "version", first) == 0
        assert await ask("hide", "track", elsewhere) == 1
        assert await ask("limit", "track", track) == 0
        assert await ask("ban", "person", track.owner) == 4
        await pages[2].disconnect()
        assert await ask("hide", "track", track) == 1
        for page in pages:
            await page.disconnect()
        assert await ask("remove", "track", track) == 0

    drive(story)


def test_the_sockets_of_whoever_is_banned_are_counted_those_of_talks_and_the_desk_too() -> None:
    report = make_report(PublicTrackFactory.create())
    person, by = report.case.person, moderator()
    key = write_to(report.case).talk.key
    theirs, desk = signed_in(person), signed_in(by)

    def said(row: Any) -> int:
        try:
            return simulate("ban", "person", row).sockets
        finally:
            connections.close_all()

    async def story() -> None:
        of_desk = [f"/ws/admin/cases/{report.case_id}/", "/ws/admin/cases/"]
        rooms = [(f"/ws/talks/{key}/", theirs), *((path, desk) for path in of_desk)]
        pages = [socket(path, who) for path, who in rooms]
        for page in pages:
            assert (await page.connect())[0]
        ask = sync_to_async(said, thread_sensitive=False)
        assert await ask(person) == 1
        assert await ask(by) == 2
        for page in pages:
            await page.disconnect()
        assert await ask(by) == 0

    drive(story)


@pytest.mark.parametrize("kind", ["hide", "remove"])
@pytest.mark.parametrize("scope", ["playlist", "release"])
def test_the_sockets_of_a_list_are_counted_and_drop_as_it_was_said(scope: str, kind: str) -> None:
    owner, other = UserFactory.create(), UserFactory.create()
    row: Any
    if scope == "playlist":
        row = PlaylistFactory.create(owner=owner, visibility="public")
        words = {"invited_by": owner, "accepted_at": timezone.now()}
        PlaylistCollaborator.objects.create(playlist=row, person=other, **words)
    else:
        row = Release.objects.create(owner=owner, slug="of-a-socket", title="Loud")
    case = make_case(row, scope)
    browsers = [signed_in(owner)] + ([signed_in(other)] if scope == "playlist" else [])
    stays = kind == "hide"

    async def story() -> None:
        pages = [socket(f"/ws/{scope}s/{row.pk}/", who) for who in browsers]
        for page in pages:
            assert (await page.connect())[0]
        ask = sync_to_async(counted, thread_sensitive=False)
        assert await ask(kind, scope, row) == len(pages) - stays
        await sync_to_async(decide)(row, kind, scope, case=case)
        for page in pages[stays:]:
            assert await closed(page) == GONE
        assert (await socket(f"/ws/{scope}s/{row.pk}/", browsers[0]).connect())[0] == stays
        for page in pages:
            await page.disconnect()

    drive(story)


def counted(kind: str, scope: str, row: Any) -> int:
    try:
        return simulate(kind, scope, row).sockets
    finally:
        connections.close_all()


async def closed(connection: Any) -> int:
    """Return the close code that comes soon, whatever else is told before."""
    while True:
        message = await connection.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            return int(message["code"])


def test_it_is_said_in_words() -> None:
    assert simulate("hide", "track", PublicTrackFactory.create()).sentence == (
        "This closes 1 piece, 1 version, 1 set of signed addresses."
    )
