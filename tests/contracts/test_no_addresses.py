"""Whoever visits, writes, fails and is refused: nothing that is kept tells from where they came."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from config.lib import redis
from config.lib.logs import Reporter
from tests.contracts.cast import Cast, address
from tests.contracts.test_permissions import ROWS
from tests.factories.review import ReviewLinkFactory
from tests.factories.social import PASSWORD, UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version

pytestmark = pytest.mark.django_db

FOUR, SIX = "198.51.100.213", "2001:db8:5a5a:77::9"
TELLING = [b"198.51.100", b"5a5a:77", b"db8:5a5a", b"c63364d5"]  # the last: in hexadecimal


@pytest.fixture
def visitors() -> Iterator[list[Client]]:
    cache.clear()
    yield [Client(REMOTE_ADDR=each, raise_request_exception=False) for each in (FOUR, SIX)]
    cache.clear()


def everything_kept() -> bytes:
    """Return all rows of the database, and all there is in Redis, as one text."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                kept += [bytes(block) for block in copy]
    client = redis.client()
    for name in client.scan_iter(count=1000):
        kept.append(name)
        read = {
            b"string": client.get,
            b"hash": client.hgetall,
            b"list": lambda n: client.lrange(n, 0, -1),
        }
        kind = client.type(name)
        kept.append(repr(read[kind](name)).encode() if kind in read else b"")
    return b"\n".join(kept)


@pytest.mark.long("every address there is, asked twice")
def test_nothing_that_is_kept_tells_an_address(
    cast: Cast, music: None, visitors: list[Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    UserFactory(handle="mira")
    track = PublicTrackFactory()
    other = add_version(track)
    link = ReviewLinkFactory(track=track, password="quiet harbours")
    for number, client in enumerate(visitors):
        for row in ROWS:
            client.generic(row.method, address(row, cast))
        for word in (PASSWORD, "wrong", "wrong"):
            client.post("/accounts/login/", {"login": "mira", "password": word})
            client.logout()
        client.post(
            "/accounts/signup/",
            {"username": f"new{number}", "email": f"n{number}@example.org", "password1": "x"},
        )
        client.post("/accounts/password/reset/", {"email": "mira@example.org"})
        client.post(f"/r/{link.token}/", {"password": "wrong"})
        client.post(f"/r/{link.token}/name/", {"name": "Ana"})
        versions = {"version_a": str(track.primary_version_id), "version_b": str(other.pk)}
        client.post(
            f"/api/v1/tracks/{track.pk}/blind-tests/",
            json.dumps(versions),
            content_type="application/json",
        )
    kept = everything_kept() + caplog.text.encode()
    assert b"mira" in kept
    assert [each for each in TELLING if each in kept] == []


def test_a_report_of_an_error_tells_no_address(rf: Any) -> None:
    request = rf.get("/", REMOTE_ADDR=FOUR, HTTP_X_FORWARDED_FOR=SIX)
    try:
        raise ValueError
    except ValueError as error:
        report = Reporter(request, type(error), error, error.__traceback__)
    text = report.get_traceback_text() + report.get_traceback_html()
    assert "[hidden]" in text
    assert FOUR not in text
    assert SIX not in text
