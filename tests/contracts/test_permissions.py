"""The table of permissions holds, and no route is missing from it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.contracts import (
    books,
    described,
    feeds,
    given,
    giving,
    heard,
    judged,
    lists,
    named,
    releases,
    selling,
    sent_on,
    suggested,
)
from tests.contracts.cast import Cast, address
from tests.contracts.permissions import ELSEWHERE, UNNAMED, Row
from tests.contracts.permissions import ROWS as PERMISSIONS
from tests.contracts.writing import writes_of

pytestmark = pytest.mark.django_db
ROWS = [
    *PERMISSIONS,
    *lists.ROWS,
    *described.ROWS,
    *heard.ROWS,
    *named.ROWS,
    *releases.ROWS,
    *giving.ROWS,
    *selling.ROWS,
    *feeds.ROWS,
    *judged.ROWS,
    *given.ROWS,
    *sent_on.ROWS,
    *suggested.ROWS,
    *books.ROWS,
]
PEOPLE = ("visitor", "stranger", "owner", "staff")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def signed_in(cast: Cast, person: str) -> Client:
    """Return a browser of this person."""
    client = Client(raise_request_exception=False)
    if user := cast.people[person]:
        client.force_login(user)
    return client


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route} {row.on}")
def test_everybody_gets_what_the_table_says(
    row: Row,
    cast: Cast,
    request: pytest.FixtureRequest,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """A request that is refused has written nothing and announced nothing."""
    if row.route == "media-file":
        request.getfixturevalue("music")
    got = {}
    for person in PEOPLE:
        before = transaction.savepoint()
        client, where = signed_in(cast, person), address(row, cast)
        with (
            django_capture_on_commit_callbacks() as told,
            CaptureQueriesContext(connection) as asked,
        ):
            got[person] = client.generic(row.method, where, **_body(row)).status_code
        if got[person] >= 400:
            assert (told, writes_of(asked)) == ([], []), person
        transaction.savepoint_rollback(before)
    assert got == {person: getattr(row, person) for person in PEOPLE}


def _body(row: Row) -> dict[str, Any]:
    form = "application/x-www-form-urlencoded"
    return {"data": urlencode(row.data), "content_type": form} if row.data else {}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_not_in_the_table_is_refused(person: str, cast: Cast, music: None) -> None:
    client = signed_in(cast, person)
    listed = {(row.route, row.method) for row in ROWS}
    for row in {row.route: row for row in ROWS}.values():
        for method in METHODS:
            if (row.route, method) in listed or row.route.startswith(("account_", "mfa_")):
                continue
            answer = client.generic(method, address(row, cast))
            to_sign_in = answer.status_code == 302 and "/login/" in answer.headers["Location"]
            assert answer.status_code in {401, 403, 404, 405} or to_sign_in, (row.route, method)


def test_no_route_is_missing_from_the_table() -> None:
    known = {row.route for row in ROWS}
    for name, pattern in routes():
        if name is None or name.endswith(":None"):
            assert pattern in UNNAMED or pattern.startswith("admin/"), pattern
        elif name not in known:
            assert name.startswith(tuple(ELSEWHERE)), f"{name} ({pattern}) is in no row"


@pytest.mark.parametrize("person", ["visitor", "stranger"])
def test_the_admin_is_staffs(person: str, cast: Cast) -> None:
    client = signed_in(cast, person)
    asked = 0
    for name, pattern in routes():
        if not (name or "").startswith("admin:") or name in {"admin:login", "admin:logout"}:
            continue
        path = "/" + pattern.replace("<path:object_id>", str(uuid4())).replace("^", "")
        if any(sign in path for sign in "<(?$"):
            continue
        for method in ("GET", "POST"):
            answer = client.generic(method, path)
            refused = answer.status_code in {302, 403}
            assert refused, (path, method, answer.status_code)
            assert "/admin/" not in answer.headers.get("Location", "").split("?")[0].replace(
                "/admin/login/", ""
            )
            asked += 1
    assert asked > 50


def test_the_admin_opens_to_staff(cast: Cast) -> None:
    client = signed_in(cast, "staff")
    for name, pattern in routes():
        if (name or "").startswith("admin:") and (name or "").endswith(("index", "changelist")):
            assert client.get(f"/{pattern}").status_code == 200, pattern


def routes() -> Iterator[tuple[str | None, str]]:
    """Yield the full name and pattern of every route of the site."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: Any, space: str, before: str) -> Iterator[tuple[str | None, str]]:
    for entry in patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, pattern)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else None), pattern
