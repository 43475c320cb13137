"""What the database itself refuses: changes of a decision, and one without complete reasons."""

import pytest
from django.db import IntegrityError, connection, transaction

from moderation.models import Decision
from tests.factories.moderation import decide, make_case
from tests.factories.social import StaffFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE moderation_decision SET facts = 'other'",
        "UPDATE moderation_decision SET until = now()",
        "DELETE FROM moderation_decision",
    ],
)
def test_the_database_lets_nobody_change_one(act: str) -> None:
    decide(PublicTrackFactory.create(), "hide")
    with (
        pytest.raises(IntegrityError, match="decisions only grow"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


@pytest.mark.parametrize("column", ["facts", "source", "ground", "clause", "territory", "redress"])
@pytest.mark.parametrize("kind", ["warn", "limit", "hide", "remove", "suspend_uploads", "ban"])
def test_the_database_wants_complete_reasons(kind: str, column: str) -> None:
    track = PublicTrackFactory.create()
    row = {
        "case": make_case(track),
        "by": StaffFactory.create(),
        "kind": kind,
        "scope": "track",
        "target_id": track.pk,
        "title": "x",
        "facts": "x",
        "source": "own",
        "ground": "law",
        "clause": "x",
        "redress": "x",
    }
    with transaction.atomic():
        Decision.objects.create(**row)
    for empty in ("", "  "):
        if column in {"source", "ground"} and empty == "  ":
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**row | {column: empty})
