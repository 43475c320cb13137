"""The database's own disk is full: who reads reads on, who writes is told, nothing is lost."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config.embedded.account import server_account
from media_pipeline.jobs.services import running
from social.models import Note
from tests.disks import fill
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory
from tests.faults.test_full_disk import SENTENCE, arrive
from tests.sites import Site

SmallTable = Callable[[str], Path]


def note(request: HttpRequest) -> HttpResponse:
    """A view that writes into the session of whoever comes."""
    request.session["note"] = secrets.token_hex(1500)
    return HttpResponse("read")


urlpatterns = [path("note/", note), path("", include("config.urls"))]
handler500 = "config.errors.broken"


@pytest.fixture
def table_on_disk(transactional_db: None, disk_of: Callable[[int], Path]) -> Iterator[SmallTable]:
    """A function: name of a table → a disk of 2 MiB on which PostgreSQL keeps it."""

    @contextmanager
    def moved(table: str) -> Iterator[Path]:
        disk = disk_of(2)
        if account := server_account():
            os.chown(disk, account.pw_uid, account.pw_gid)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
            # Rows that earlier tests deleted would leave room in the table.
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE small")
        yield disk
        (disk / "filler").unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
            cursor.execute("DROP TABLESPACE small")

    with ExitStack() as stack:
        yield lambda table: stack.enter_context(moved(table))


def test_writing_is_refused_with_the_sentence_and_reading_goes_on(
    site: Site, table_on_disk: SmallTable
) -> None:
    disk = table_on_disk("social_comment")
    track, fan = PublicTrackFactory.create(), UserFactory.create()
    site.serve()
    notes = f"/api/v1/tracks/{track.pk}/notes/"
    with httpx.Client(base_url=site.url, headers=bearer(fan), timeout=20) as program:

        def write() -> httpx.Response:
            return program.post(notes, json={"at_ms": 1000, "body": secrets.token_hex(900)})

        written = 1
        assert write().status_code == 201
        filler = fill(disk)
        while (answer := write()).status_code == 201:
            written += 1  # there was room in the page that was begun
            assert written < 20
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"] == "30"
        assert answer.json()["detail"].startswith("The disk of this site is full.")
        assert program.get(track.get_absolute_url()).status_code == 200
        assert len(program.get(notes).json()["notes"]) == written
        assert Note.objects.count() == written
        filler.unlink()
        assert write().status_code == 201
    assert Note.objects.count() == written + 1


def test_a_job_that_finds_no_room_in_the_database_waits_unblamed(
    table_on_disk: SmallTable, tone: Callable[..., Path]
) -> None:
    filler = fill(table_on_disk("media_pipeline_audiofacts"))
    job = arrive(tone(seconds=2))
    running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.crash_count, job.error) == ("pending", 0, 0, SENTENCE)
    filler.unlink()
    running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.crash_count, job.error) == ("succeeded", 1, 0, "")


@pytest.mark.urls(__name__)
def test_a_page_is_read_though_its_session_finds_no_room(table_on_disk: SmallTable) -> None:
    filler = fill(table_on_disk("django_session"))

    def visit(method: str) -> HttpResponse:
        visitor = Client(raise_request_exception=False)
        answer: HttpResponse = getattr(visitor, method)("/note/")
        return answer

    answer = next(found for _ in range(20) if (found := visit("post")).status_code != 200)
    assert answer.status_code == 503
    assert "The disk of this site is full." in answer.content.decode()
    read = visit("get")
    assert (read.status_code, read.content) == (200, b"read")
    filler.unlink()
    assert visit("post").status_code == 200


def connections_now() -> set[int]:
    """Return which servers of PostgreSQL work for this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_a_database_that_hung_up_is_said_so_once_and_found_again(site: Site, door: None) -> None:
    ours = connections_now()
    site.serve()
    page = f"{site.url}/search/?q=song"
    assert httpx.get(page).status_code == 200
    with connection.cursor() as cursor:
        for pid in connections_now() - ours:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    answers = [httpx.get(page) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert "The database does not answer just now." in answers[0].text
    assert answers[0].headers["Retry-After"] == "30"
