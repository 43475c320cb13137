"""“Your data”: the page, the way to fetch the archive, and the same for programs."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.lib.kept import SECTIONS
from media_pipeline.backups.registry import AFTER
from media_pipeline.models import Job
from media_pipeline.storage import get_storage
from social.exports.services.beginning import begin, tell_watchers
from social.models import Export, User
from tests.factories.social import StaffFactory, UserFactory, bearer
from tests.jobs import do_jobs
from tests.sockets import drive, signed_in, socket

pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]
DATA, API = "/accounts/data/", "/api/v1/me/exports/"


@pytest.fixture
def place(ada: User, archive_of: ArchiveOf) -> str:
    """Where the artist fetches their archive."""
    archive_of(ada)
    return f"{DATA}{Export.objects.get().pk}/archive.zip"


def test_the_page_says_what_is_in_it(ada: User) -> None:
    page = signed_in(ada).get(DATA).content.decode()
    for section in SECTIONS.values():
        assert section.sentence in page.replace("&#x27;", "'")
    assert "Make my archive" in page
    assert f'href="{DATA}" aria-current="page"' in page


def test_the_button_makes_one_and_the_page_offers_it(ada: User) -> None:
    client = signed_in(ada)
    assert client.post(f"{DATA}make/").headers["Location"] == DATA
    page = client.get(DATA).content.decode()
    assert "It waits for its turn." in page
    assert "disabled" in page
    again = client.post(f"{DATA}make/", follow=True).content.decode()
    assert "being made already" in again
    do_jobs("slow")
    page = client.get(DATA).content.decode()
    assert f"{Export.objects.get().pk}/archive.zip" in page
    assert "here until" in page


def test_its_owner_fetches_it_whole_and_in_part(ada: User, place: str) -> None:
    client, export = signed_in(ada), Export.objects.get()
    answer = client.get(place)
    data = b"".join(answer) if answer.streaming else answer.content
    assert hashlib.sha256(data).hexdigest() == export.sha256
    day = timezone.localdate(export.ready_at).isoformat()
    named = f'attachment; filename="nexus-ada-{day}.zip"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/zip"
    head = client.head(place)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(data)))
    part = client.get(place, headers={"Range": "bytes=100-299"})
    assert (part.status_code, part.content) == (206, data[100:300])
    assert client.get(place, headers={"Range": f"bytes={len(data)}-"}).status_code == 416


def test_nginx_sends_it_where_there_is_one(ada: User, place: str, settings: Any) -> None:
    settings.NEXUS_ACCEL_PREFIX = "/inside/"
    answer = signed_in(ada).get(place)
    assert answer.headers["X-Accel-Redirect"] == f"/inside/{Export.objects.get().key}"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", [UserFactory, StaffFactory])
def test_nobody_else_does(who: Any, place: str) -> None:
    assert signed_in(who.create()).get(place).status_code == 404


def test_no_visitor_and_no_token_does(ada: User, place: str) -> None:
    for headers in ({}, bearer(ada)):
        answer = Client().get(place, headers=headers)
        assert "/login/" in answer.headers["Location"]


def test_it_cannot_be_fetched_when_its_time_is_over(ada: User, place: str) -> None:
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client = signed_in(ada)
    assert client.get(place).status_code == 404
    assert "archive.zip" not in client.get(DATA).content.decode()
    assert client.get(API).json() == {"exports": []}


def test_bytes_that_are_lost_are_no_error_of_ours(ada: User, place: str) -> None:
    get_storage().delete(Export.objects.get().key)
    assert signed_in(ada).get(place).status_code == 404


def test_programs_ask_for_it_and_watch_it(ada: User) -> None:
    client = Client(headers=bearer(ada))
    made = client.post(API)
    assert (made.status_code, made.json()["state"]) == (202, "waiting")
    refused = client.post(API)
    assert refused.status_code == 409
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/export-under-way"
    do_jobs("slow")
    one = client.get(f"{API}{made.json()['id']}/").json()
    assert (one["state"], one["percent"]) == ("ready", 100)
    assert client.get(API).json()["exports"] == [one]
    assert Client(headers=bearer(UserFactory.create())).get(API).json() == {"exports": []}


def test_more_archives_cost_no_more_queries(ada: User) -> None:
    client, counts = signed_in(ada), []
    for number in (1, 15):
        for _ in range(number):
            Export.objects.create(user=ada)
        with CaptureQueriesContext(connection) as asked:
            client.get(DATA)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_administrators_see_that_it_is_there_and_not_where(ada: User, place: str) -> None:
    client, export = signed_in(StaffFactory.create()), Export.objects.get()
    page = client.get(f"/admin/social/export/{export.pk}/change/").content.decode()
    assert "ada" in page
    assert export.key not in page
    assert "archive.zip" not in page
    assert client.get("/admin/social/export/").status_code == 200


def go_on(person: User, **fields: object) -> None:
    """Let the job be elsewhere, as a worker would."""
    token = uuid4() if fields["state"] == "running" else None
    Job.objects.filter(kind="exports.make").update(lease_token=token, **fields)
    tell_watchers(person.pk)


@pytest.mark.usefixtures("door")
def test_the_socket_tells_its_owner_how_far_it_is(ada: User) -> None:
    mine, theirs = signed_in(ada), signed_in(UserFactory.create())

    async def story() -> None:
        own, other, nobody = (socket("/ws/exports/", who) for who in (mine, theirs, None))
        assert (await own.connect())[0]
        assert (await other.connect())[0]
        assert not (await nobody.connect())[0]
        assert await own.receive_json_from() == {"exports": []}
        assert await other.receive_json_from() == {"exports": []}
        await sync_to_async(begin)(person=ada)
        (told,) = (await own.receive_json_from(5))["exports"]
        assert told["state"] == "waiting"
        await sync_to_async(go_on)(ada, state="running", progress=42, stage="files")
        (told,) = (await own.receive_json_from(5))["exports"]
        assert (told["state"], told["percent"]) == ("making", 42)
        assert told["words"] == "Your originals are packed."
        await sync_to_async(go_on)(ada, state="pending", progress=0, stage="")
        await sync_to_async(do_jobs)("slow")
        while told["state"] != "ready":
            (told,) = (await own.receive_json_from(5))["exports"]
        assert await other.receive_nothing(0.2)
        for each in (own, other):
            await each.disconnect()

    drive(story)


def test_a_new_archive_takes_the_place_of_the_one_before(ada: User, archive_of: ArchiveOf) -> None:
    archive_of(ada)
    first = Export.objects.get()
    archive_of(ada)
    second = Export.objects.exclude(pk=first.pk).get()
    assert not get_storage().exists(first.key)
    assert get_storage().exists(second.key)
    client = signed_in(ada)
    assert client.get(f"{DATA}{first.pk}/archive.zip").status_code == 404
    assert client.get(f"{DATA}{second.pk}/archive.zip").status_code == 200


def test_after_a_restore_no_archive_is_offered_that_is_not_there(ada: User, place: str) -> None:
    for act in AFTER:
        act()
    assert not Export.objects.exists()
    assert "archive.zip" not in signed_in(ada).get(DATA).content.decode()
