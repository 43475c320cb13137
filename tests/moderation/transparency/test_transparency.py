"""What moderators have done is told in figures, and nobody is named by one."""

import csv

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.appeals import services as appeals
from tests.factories.moderation import decide, moderator
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def judged(client: Client) -> None:
    made = decide(PublicTrackFactory.create(title="Loud"), "hide")
    decide(PublicTrackFactory.create(), "no_action")
    appeal = appeals.appeal(decision=made, text="It quotes.")
    appeals.grant(appeal=appeal, by=moderator(), words="It does.")


def test_figures_come_from_the_rows(judged: None, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = client.get("/transparency.json").json()["figures"]
    assert len(asked) <= 8
    told = {(one["name"], one["kind"]): one["value"] for one in found}
    assert told[("reports", "hate")] == 2
    assert {kind: told[("decisions", kind)] for kind in ("hide", "no_action", "restore")} == {
        "hide": 1,
        "no_action": 1,
        "restore": 1,
    }
    assert told[("decisions by who", "by a person")] == 3
    assert told[("decisions by source", "notice")] == 3
    assert (told[("appeals", "made")], told[("appeals", "undone")]) == (1, 1)
    assert told[("hours from report to decision", "median")] == 0.0
    assert told[("hours from appeal to answer", "median")] == 0.0


def test_it_is_a_page_and_a_table_too(judged: None, client: Client) -> None:
    page = client.get("/transparency/").text
    assert "Decisions by ground" in page
    assert "No action" in page
    assert "no legal advice" in page
    assert "Loud" not in page
    table = client.get("/transparency.csv")
    rows = list(csv.DictReader(table.text.splitlines()))
    assert {"name": "reports", "kind": "hate", "value": "2"}.items() <= next(
        row for row in rows if row["name"] == "reports"
    ).items()


def test_an_empty_house_says_so(client: Client) -> None:
    assert "Nothing was reported yet" in client.get("/transparency/").text
