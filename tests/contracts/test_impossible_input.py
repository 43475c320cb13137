"""What cannot be stored or cannot be an address is refused with 4xx everywhere, and never a 500."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.contracts.cast import Cast, address
from tests.contracts.impossible import (
    BODIES,
    FORM,
    IN_ADDRESSES,
    IN_BODIES,
    KINDS,
    as_json,
    bent,
    names_read,
)
from tests.contracts.permissions import Row
from tests.contracts.test_permissions import ROWS, signed_in
from tests.depth import IS_DEEP

T = TypeVar("T")

pytestmark = pytest.mark.django_db
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
SLICES = 90  # of the routes: one or two in each


def some(cases: Sequence[T], number: int, *, every: int = 2) -> Sequence[T]:
    """Return each `every`-th case, beginning elsewhere on each route; in a deep run, all."""
    return cases if IS_DEEP else cases[number % every :: every]


def once_each(methods: set[str]) -> Iterator[Row]:
    """Yield one row for each route and method, the one on what is the most open."""
    seen = set()
    for row in ROWS:
        if row.method in methods and (row.route, row.method) not in seen:
            seen.add((row.route, row.method))
            yield row


def send(client: Client, method: str, path: str, **body: Any) -> int:
    """Ask, and put everything back."""
    before = transaction.savepoint()
    status = client.generic(method, path, **body).status_code
    transaction.savepoint_rollback(before)
    return status


@pytest.mark.parametrize("slice_", range(SLICES))
def test_no_parameter_of_an_address_breaks_it(slice_: int, cast: Cast, music: None) -> None:
    wrong = []
    clients = {person: signed_in(cast, person) for person in ("visitor", "owner")}
    rows = list(once_each({"GET", "HEAD", *WRITES}))
    for number in range(slice_, len(rows), SLICES):
        row = rows[number]
        paths = list(dict.fromkeys(bent(address(row, cast).partition("?")[0])))
        for person, client in clients.items():
            # A visitor is sent to sign in by most, whatever stands there.
            for path in some(paths, number, every=2 if person == "owner" else 6):
                status = send(client, row.method, path)
                refused = 400 <= status < 500 or status in {301, 302}
                if "%00" in path:
                    refused = status in {400, 404}
                elif status in {200, 204}:  # letters of a name somebody could have
                    refused = row.route in {"accent-css", "media-file", "profile"}
                if not refused:
                    wrong.append((row.method, row.route, path[-60:], person, status))
    assert wrong == []


@pytest.mark.parametrize("slice_", range(SLICES))
def test_no_query_breaks_a_page(slice_: int, cast: Cast, music: None) -> None:
    wrong, names, client = [], sorted(names_read()), signed_in(cast, "owner")
    asked = ["&".join(f"{name}={value[:400]}" for name in names) for value in IN_ADDRESSES]
    foreign = [f"{value}={value}&{value}" for value in IN_ADDRESSES]
    asked += foreign if IS_DEEP else ["&".join(foreign[:2]), "&".join(foreign[2:])]
    rows = list(once_each({"GET"}))
    for number in range(slice_, len(rows), SLICES):
        row = rows[number]
        path = address(row, cast).partition("?")[0]
        for query in some(asked, number):
            status = send(client, "GET", f"{path}?{query}")
            # What oEmbed answers to a format that it has not (its specification, 2.3.3).
            if status >= 500 and (row.route, status) != ("oembed", 501):
                wrong.append((row.route, query[:60], status))
    assert wrong == []


@pytest.mark.parametrize("slice_", range(SLICES))
def test_no_body_breaks_a_deed(slice_: int, cast: Cast, music: None) -> None:
    wrong, names, client = [], sorted(names_read()), signed_in(cast, "owner")
    whole = [(body, kind) for body in BODIES for kind in KINDS]
    whole += [(as_json(value), KINDS[0]) for value in IN_BODIES]
    fields = [(as_json(dict.fromkeys(names, value)), KINDS[0]) for value in IN_BODIES]
    for value in IN_BODIES:
        if isinstance(value, str) and value.isascii():
            fields.append((urlencode(dict.fromkeys(names, value)).encode(), FORM))
    rows = list(once_each(WRITES))
    for number in range(slice_, len(rows), SLICES):
        row = rows[number]
        path = address(row, cast)
        # The parsers are the same everywhere, so a few whole bodies do for each route.
        for body, kind in [*some(whole, number, every=6), *some(fields, number)]:
            status = send(client, row.method, path, data=body, content_type=kind)
            if status >= 500:
                wrong.append((row.method, row.route, body[:60], kind, status))
    assert wrong == []
