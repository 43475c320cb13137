"""What is said of a version that its owner has hidden is told to nobody else."""

import asyncio
import json
import re

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from config.lib.problems import Problem
from social.models import Note, Notification, Placement
from social.notes.services import notes
from social.notifications.selectors import unread_count
from tests.contracts.hidden_cast import PEOPLE, SECRET, Cast, make_cast
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.moderation import decide
from tests.factories.tracks import add_version
from tests.jobs import read_events
from tests.sockets import drive, signed_in, socket
from tracks.models import Track, TrackVersion
from tracks.versions import services as versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


EXPORT = "/tracks/{slug}/notes/export/"
SURFACES = {
    "room": "/tracks/{track}/notes/",
    "room, filtered by state": "/tracks/{track}/notes/?state=open",
    "room, filtered by version": "/tracks/{track}/notes/?written=2",
    "room, filtered by writer": "/tracks/{track}/notes/?by={writer}",
    "list": "/api/v1/tracks/{track}/notes/",
    "list, filtered by version": "/api/v1/tracks/{track}/notes/?written=2",
    "page": "/tracks/{slug}/",
    "notifications": "/notifications/",
    "search": "/search/?q=stolen",
    "profile": "/@writer/",
    "export, csv": f"{EXPORT}?as=csv",
    "export, reaper": f"{EXPORT}?as=reaper",
    "export, audacity": f"{EXPORT}?as=audacity",
    "export, midi": f"{EXPORT}?as=midi",
    "export of v1, csv": f"{EXPORT}?as=csv&v=1",
    "export of v1, midi": f"{EXPORT}?as=midi&v=1",
}


@pytest.mark.parametrize("surface", SURFACES)
def test_no_surface_tells(cast: Cast, surface: str) -> None:
    writer = cast.people["writer"].pk.hex
    path = SURFACES[surface].format(track=cast.track.pk, slug=cast.track.slug, writer=writer)
    for person in PEOPLE[1:]:
        key = f"{'&' if '?' in path else '?'}token={cast.link.token}" if person == "guest" else ""
        for headers in ({}, {"HX-Request": "true"}):
            answer = cast.client(person).get(path + key, headers=headers)
            text = answer.content.decode("utf-8", "replace")
            assert answer.status_code in {200, 302, 404}
            assert SECRET not in text, person
            assert "Written on v2" not in text, person
            assert "Wanda" not in text or person == "writer" or surface == "profile", person


def test_the_owner_reads_them_all(cast: Cast) -> None:
    client = cast.client("owner")
    for path in (f"/tracks/{cast.track.slug}/notes/export/", f"/tracks/{cast.track.pk}/notes/?v=2"):
        assert SECRET in client.get(path).content.decode()


def test_news_of_it_are_not_counted_until_it_is_shown_again(cast: Cast) -> None:
    assert unread_count(cast.people["writer"]) == 0
    versions.restore(version=cast.note.version, by=cast.track.owner)
    assert unread_count(cast.people["writer"]) == 1


def test_nobody_is_told_what_the_owner_does_there(cast: Cast) -> None:
    read_events()
    before = Notification.objects.count()
    answer = notes.reply(parent=cast.note, author=cast.track.owner, body_md="Later.")
    notes.resolve(note=cast.note, by=cast.track.owner)
    assert answer.version == cast.note.version
    read_events()
    assert Notification.objects.count() == before


def test_a_note_is_given_to_nobody_who_may_not_read_it(cast: Cast) -> None:
    with pytest.raises(Problem, match="hidden version"):
        notes.assign(note=cast.note, by=cast.track.owner, to=cast.people["reviewer"])
    notes.assign(note=cast.note, by=cast.track.owner, to=cast.track.owner)
    cast.note.refresh_from_db()
    assert cast.note.assigned_to == cast.track.owner


def third(cast: Cast) -> TrackVersion:
    """Add a third version after the hidden one, and show it first."""
    version = add_version(cast.track, finish(AssetFactory.create(owner=cast.track.owner)))
    return version


@pytest.fixture
def moved(cast: Cast) -> Note:
    """The note has gone on to a third version, which is shown first."""
    version = third(cast)
    Placement.objects.create(
        note=cast.note, version=version, at_ms=70_000, carried_from=cast.note.version
    )
    notes.resolve(note=cast.note, by=cast.track.owner, version=cast.note.version)
    return cast.note


def test_a_note_that_has_gone_on_is_read_without_where_it_came_from(
    cast: Cast, moved: Note
) -> None:
    """Hiding an old mix must not take its notes away from the new one; its number is not told."""
    key = f"token={cast.link.token}"
    for path in (f"/tracks/{cast.track.pk}/notes/?{key}", f"/notes/{moved.pk}/?{key}"):
        page = cast.client("guest").get(path)
        assert page.status_code == 200
        assert SECRET in page.text
        assert "From another version" in page.text
        assert not re.search(r"\bv2\b", page.text)  # a token may hold these letters
    told = cast.client("guest").get(f"/api/v1/notes/{moved.pk}/?{key}").json()
    assert (told["written_on"], told["at_ms"], told["written_at_ms"]) == (None, 70_000, 70_000)
    told = cast.client("owner").get(f"/api/v1/notes/{moved.pk}/").json()
    assert told["written_on"] == 2


def test_a_file_names_where_it_stands_now(cast: Cast, moved: Note) -> None:
    export = f"/tracks/{cast.track.slug}/notes/export/?token={cast.link.token}"
    _, *rows = cast.client("guest").get(export).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2, "the note and its answer"
    assert all(",3," in row and ",2," not in row for row in rows)


def test_it_is_answered_where_it_stands_now(cast: Cast, moved: Note) -> None:
    answer = notes.reply(parent=moved, author=cast.people["stranger"], body_md="True.")
    assert answer.version.number == 3
    sent = cast.client("stranger").post(
        f"/api/v1/tracks/{cast.track.pk}/notes/",
        json.dumps({"parent": str(moved.pk), "body": "So it is."}),
        content_type="application/json",
    )
    assert sent.status_code == 201


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("door")
def test_open_rooms_lose_the_version_that_is_hidden() -> None:
    cast = make_cast()
    second = cast.note.version
    versions.restore(version=second, by=cast.track.owner)
    path, fan = f"/ws/tracks/{cast.track.pk}/notes/?v=2", signed_in(cast.people["stranger"])

    async def story() -> None:
        room = socket(path, fan)
        assert (await room.connect())[0]
        assert str(cast.note.pk) in json.loads(await room.receive_from(timeout=3))["threads"]
        await sync_to_async(versions.hide)(version=second, by=cast.track.owner)
        assert await room.receive_output(timeout=3) == {"type": "websocket.close", "code": 4404}
        assert not (await socket(path, fan).connect())[0]
        await asyncio.sleep(0)

    drive(story)


def test_a_page_without_an_account_says_nothing_either(cast: Cast, client: Client) -> None:
    track: Track = cast.track
    assert "Wanda" not in client.get(f"/tracks/{track.pk}/notes/").text


def test_the_number_of_a_version_that_moderators_closed_is_not_told_either(
    cast: Cast, moved: Note
) -> None:
    versions.restore(version=cast.note.version, by=cast.track.owner)
    path = f"/api/v1/notes/{moved.pk}/"
    guest = cast.client("guest")
    key = f"?token={cast.link.token}"
    assert guest.get(path + key).json()["written_on"] == 2
    decide(moved.version, "hide", "version")
    assert guest.get(path + key).json()["written_on"] is None
    page = guest.get(f"/tracks/{cast.track.pk}/notes/{key}").text
    assert SECRET in page
    assert not re.search(r"\bv2\b", page)
    assert cast.client("owner").get(path).json()["written_on"] == 2
