"""Notes of a hidden version: the table holds, and a refusal writes and announces nothing."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.lib.problems import Problem
from social.notes.services import notes
from tests.contracts.hidden_cast import PEOPLE, SECRET, Cast, make_cast
from tests.contracts.hidden_notes import ROWS, Row
from tests.contracts.writing import writes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def expected(row: Row, person: str) -> int:
    if person == "owner":
        return row.owner
    return row.unknown if person in {"visitor", "guest"} else row.known


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_the_table_holds_and_a_refusal_writes_and_announces_nothing(
    row: Row, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    """Not even what a rollback would take away again is written."""
    got = {}
    for person in PEOPLE:
        point = transaction.savepoint()
        with (
            django_capture_on_commit_callbacks() as told,
            CaptureQueriesContext(connection) as asked,
        ):
            answer = cast.ask(person, row)
        got[person] = answer.status_code
        if person != "owner":
            assert (told, writes_of(asked)) == ([], []), person
            assert SECRET not in answer.content.decode()
        transaction.savepoint_rollback(point)
    assert got == {person: expected(row, person) for person in PEOPLE}


DEEDS: dict[str, dict[str, Any]] = {
    "edit": {"body_md": "Anew."},
    "remove": {},
    "resolve": {},
    "reopen": {},
    "assign": {"to": None},
}


def do(action: str, cast: Cast, who: Any) -> None:
    if action == "reply":
        notes.reply(parent=cast.note, author=who, body_md="Hm.")
    elif action == "write":
        notes.write(version=cast.note.version, author=who, body_md="Hm.", at_ms=0)
    else:
        getattr(notes, action)(note=cast.note, by=who, **DEEDS[action])


@pytest.mark.parametrize("person", ["guest", "stranger", "reviewer", "writer"])
@pytest.mark.parametrize("action", [*DEEDS, "reply", "write"])
def test_the_services_refuse_by_themselves(cast: Cast, person: str, action: str) -> None:
    who = cast.people[person] or cast.guest
    with CaptureQueriesContext(connection) as asked, pytest.raises(Problem) as refusal:
        do(action, cast, who)
    assert refusal.value.status == 404
    assert writes_of(asked) == []
