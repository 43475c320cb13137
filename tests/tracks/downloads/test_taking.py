"""Taking something: the row it makes, the address it gets, and what ends that."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.lib import limits
from media_pipeline.models import Job
from media_pipeline.storage import get_storage
from social.models import User
from tests.factories.social import UserFactory
from tests.tracks.downloads.giving import Shelf, body, fetch, prepare
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.downloads.services import forgetting, people
from tracks.downloads.services.settings import set_audiences
from tracks.models import Download, ListedListener, Parcel, PreparedFile, Stem, Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db


def client_of(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def address(track: Track, what: str = "original") -> str:
    return f"/tracks/{track.slug}/download/?what={what}"


def signed(track: Track, client: Client) -> str:
    """Return the signed address of its original; prepares it if that is needed."""
    if client.get(address(track)).status_code == 202:
        prepare()
    answer = client.get(address(track))
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def test_a_download_is_a_row_and_a_head_is_none(shelf: Shelf) -> None:
    track, fan = shelf.track(gives_original="everybody"), UserFactory.create()
    where = signed(track, client_of(fan))
    assert Client().head(address(track)).status_code == 200
    for _ in range(3):
        assert Client().get(where, headers={"range": "bytes=5-9"}).status_code == 206
        assert Client().head(where).status_code == 200
    row = Download.objects.get()
    assert (row.user, row.visitor, row.owner) == (fan, "", shelf.owner)
    assert (row.track, row.version, row.title) == (track, track.primary_version, track.title)
    assert (row.granted_original, row.granted_stems) == (True, False)
    assert row.size_bytes == len(body(Client().get(where)))
    fetch(Client(), address(track))
    assert Download.objects.filter(user=None).exclude(visitor="").count() == 1


def test_a_page_that_waits_needs_no_script(shelf: Shelf) -> None:
    track, client = shelf.track(gives_original="everybody"), Client()
    waiting = client.get(address(track))
    again = re.search(r'http-equiv="refresh" content="3;url=([^"]+)"', waiting.content.decode())
    assert waiting.status_code == 202
    assert again
    prepare()
    begins = client.get(f"/tracks/{track.slug}/download/{html.unescape(again[1])}")
    assert begins.status_code == 200
    assert "Your download has begun" in begins.content.decode()
    seconds, where = begins.headers["Refresh"].split(";url=")
    assert seconds == "0"
    assert client.get(where).status_code == 200
    assert where in begins.content.decode()
    assert Download.objects.count() == 1


def test_what_could_not_be_made_says_why(shelf: Shelf) -> None:
    track, client = shelf.track(gives_original="everybody"), Client()
    client.get(address(track))
    failed = {"state": "failed", "finished_at": timezone.now(), "error": "It holds no sound."}
    Job.objects.filter(kind="downloads.prepare").update(**failed)
    answer = client.get(f"{address(track)}&waited=1")
    assert answer.status_code == 404
    assert "This could not be made ready. It holds no sound." in answer.content.decode()


def test_who_takes_without_an_end_is_told_to_wait(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = shelf.track(gives_original="everybody")
    client = Client()
    signed(track, client)
    monkeypatch.setitem(limits.LIMITS, "download", limits.Limit(1, 60, "Wait."))
    answers = [client.get(address(track)).status_code for _ in range(3)]
    assert 429 in answers
    refused = client.get(f"/api/v1/tracks/{track.pk}/download/")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def make_private(track: Track) -> None:
    set_visibility(track=track, visibility="private", by=track.owner)


def narrow(track: Track) -> None:
    set_audiences(thing=track, by=track.owner, audiences={"gives_original": "granted"})


def delete(track: Track) -> None:
    deletion.delete(track=track, by=track.owner)


@pytest.mark.parametrize("close", [make_private, narrow, delete])
def test_whatever_closes_a_track_ends_what_is_fetched_of_it(shelf: Shelf, close: Any) -> None:
    track = shelf.track(gives_original="everybody")
    where = signed(track, Client())
    assert Client().get(where).status_code == 200
    close(track)
    ended = Client().get(where, headers={"accept": "application/json"})
    assert ended.status_code == 403


def test_a_closed_track_ends_the_zip_it_is_in(shelf: Shelf) -> None:
    tracks = [shelf.track(), shelf.track("b.flac", seconds=3)]
    release = shelf.release(*tracks)
    where = f"/releases/{release.slug}/download/"
    Client().get(where)
    prepare()
    begun = Client().get(where).headers["Location"]
    make_private(tracks[1])
    assert Client().get(begun).status_code == 403
    again = Client().get(where).headers["Location"]
    assert Client().get(again).status_code == 200
    collections.delete(collection=release, by=release.owner)
    assert Client().get(again).status_code == 403


def test_off_the_list_is_out_of_what_was_begun(shelf: Shelf) -> None:
    track, fan = shelf.track(gives_original="listed"), UserFactory.create()
    row = people.list_listener(owner=shelf.owner, person=fan)
    where = signed(track, client_of(fan))
    people.unlist_listener(listener=row, by=shelf.owner)
    assert Client().get(where).status_code == 403
    assert client_of(fan).get(address(track)).status_code == 403
    grant = people.grant(thing=track, person=fan, by=shelf.owner)
    again = signed(track, client_of(fan))
    people.revoke(row=grant, by=shelf.owner)
    assert Client().get(again).status_code == 403


def test_a_forged_or_old_address_opens_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = shelf.track(gives_original="everybody")
    parts = signed(track, Client()).split("/")
    forged = [
        [*parts[:2], str(int(parts[2]) + 1), *parts[3:]],
        [*parts[:3], "A" * 43, *parts[4:]],
        [*parts[:2], "1", *parts[3:]],
    ]
    for one in forged:
        assert Client().get("/".join(one)).status_code == 403
    assert Client().get("/".join([*parts[:5], "another.name"])).status_code == 200


def test_stems_come_as_one_zip(shelf: Shelf) -> None:
    track = shelf.track(gives_stems="everybody")
    for position, name in enumerate(("drums.wav", "voice.wav"), start=1):
        part = shelf.track(name, seconds=1 + position, visibility="private")
        media = part.primary_version.media
        part.primary_version = None
        part.save()
        part.versions.all().delete()
        words = {"title": name[:5], "position": position, "created_by": shelf.owner}
        version = track.versions.get()
        Stem.objects.create(version=version, media=media, **words)
    Client().get(address(track, "stems"))
    prepare()
    answer = fetch(Client(), address(track, "stems"))
    row = Download.objects.get()
    assert (row.granted_original, row.granted_stems) == (False, True)
    data = body(answer)
    stem = Stem.objects.first()
    assert get_storage().read(stem.media.asset.key) in data, "byte by byte"
    assert b"01 drums.wav" in data


def test_what_nobody_wants_any_more_goes(shelf: Shelf) -> None:
    track = shelf.track("a.wav", gives_original="everybody", gives_flac="everybody")
    signed(track, Client())
    old = timezone.now() - timedelta(days=2)

    def a_day_later() -> set[str]:
        PreparedFile.objects.update(wanted_at=old)
        Parcel.objects.update(used_at=old)
        forgetting.sweep()
        return set(PreparedFile.objects.values_list("what", flat=True))

    assert a_day_later() == {"original", "flac"}, "what is given still stays"
    keys = set(get_storage().list("downloads"))
    set_audiences(thing=track, by=shelf.owner, audiences={"gives_flac": "nobody"})
    assert a_day_later() == {"original"}
    assert not Parcel.objects.exists()
    assert Download.objects.count() == 1
    assert keys


@pytest.mark.django_db(transaction=True)
def test_files_go_with_their_rows(shelf: Shelf) -> None:
    track = shelf.track("a.wav", gives_original="everybody", gives_flac="everybody")
    signed(track, Client())
    before = set(get_storage().list("downloads"))
    deletion.remove(track=track, by=track.owner)
    gone = before - set(get_storage().list("downloads"))
    assert len(gone) == 3, "two heads and tails, and the FLAC"


def test_names_of_visitors_and_of_who_leaves_are_forgotten(shelf: Shelf) -> None:
    track, fan = shelf.track(gives_original="everybody"), UserFactory.create()
    signed(track, client_of(fan))
    fetch(Client(), address(track))
    people.list_listener(owner=shelf.owner, person=fan)
    now = timezone.now() + timedelta(days=31)
    assert forgetting.forget_downloads(now, 10) == 1
    assert set(Download.objects.values_list("visitor", flat=True)) == {""}
    forgetting.farewell(fan)
    assert set(Download.objects.values_list("user", flat=True)) == {None}
    assert not ListedListener.objects.exists()
    assert forgetting.forget_downloads(now + timedelta(days=730), 10) == 2
