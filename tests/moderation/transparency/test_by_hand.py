"""The figures are those that somebody with a pencil finds in the same rows."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from moderation import things
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.decisions import services as decisions
from moderation.holds.services import hold
from moderation.models import Case, Decision
from moderation.strikes import services as strikes
from moderation.strikes.rules import CLAUSE
from moderation.transparency.selectors import figures
from tests.factories.moderation import REASONS, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
At = Callable[..., None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the clock to a moment, as (year, month, day, hour)."""
    cache.clear()

    def set_to(*moment: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(*moment, tzinfo=UTC))  # type: ignore[misc]

    return set_to


def decide(case: Case, track: Track, kind: str, **reasons: Any) -> Decision:
    statement = replace(REASONS, **reasons)
    words: dict[str, Any] = {"kind": kind, "scope": "track", "row": track, "statement": statement}
    return decisions.decide(case=case, by=moderator(), **words)


@pytest.fixture
def rows(at: At) -> None:
    """Four cases: three reported, one not; two appeals."""
    one, two, three, four = (PublicTrackFactory.create() for _ in range(4))
    at(2025, 1, 1, 0)
    case = make_report(one, reason="spam").case
    at(2025, 1, 1, 6)
    make_report(one)
    at(2025, 1, 1, 10)
    hidden = decide(case, one, "hide", ground="law")  # after 10 hours
    strikes.give(decision=hidden, by=moderator())  # withdrawn with it
    at(2025, 1, 2, 0)
    appeal = appeals.appeal(decision=hidden, text="No.")
    report = make_report(two)
    at(2025, 1, 2, 4)
    left = decide(report.case, two, "no_action", ground="", clause="")  # after 4 hours
    at(2025, 1, 3, 0)
    appeals.grant(appeal=appeal, by=moderator(), words="Right.")  # after 24 hours
    by = moderator()
    words: dict[str, Any] = {"kind": things.KINDS["track"], "row": four, "reason": "spam"}
    own = cases.open_unreported(by=by, **words)
    removed = decide(own, four, "remove", source="own", automated=True)
    strikes.give(decision=removed, by=moderator())  # counts until April
    at(2025, 1, 5, 0)
    other = appeals.appeal_as_reporter(report=report, decision=left, text="Look again.")
    at(2025, 1, 7, 0)
    appeals.uphold(appeal=other, by=moderator(), words="We did.")  # after 48 hours
    at(2025, 12, 31, 20)
    late = make_report(three).case
    at(2026, 1, 1, 2)
    warned = decide(late, three, "warn")  # after 6 hours, and in another year
    strikes.give(decision=warned, by=moderator())


BY_HAND = {
    2025: {
        ("reports", "spam"): 1,
        ("reports", "hate"): 3,
        ("decisions", "hide"): 1,
        ("decisions", "no_action"): 1,
        ("decisions", "remove"): 1,
        ("decisions", "restore"): 1,
        ("decisions by ground", "law"): 1,
        ("decisions by ground", "terms"): 1,
        ("decisions by ground", "none"): 2,
        ("decisions by source", "notice"): 3,
        ("decisions by source", "own"): 1,
        ("decisions by who", "automated"): 1,
        ("decisions by who", "by a person"): 3,
        ("hours from report to decision", "median"): 7.0,
        ("appeals", "made"): 2,
        ("appeals", "answered"): 2,
        ("appeals", "undone"): 1,
        ("appeals", "acted on after all"): 0,
        ("appeals by whom", "whom it touches"): 1,
        ("appeals by whom", "who reported"): 1,
        ("hours from appeal to answer", "median"): 36.0,
        ("strikes", "given"): 2,
        ("strikes", "withdrawn"): 1,
        ("strikes", "expired"): 1,
        ("appeals of strikes", "made"): 1,
        ("appeals of strikes", "undone"): 1,
    },
    2026: {
        ("decisions", "warn"): 1,
        ("decisions by ground", "terms"): 1,
        ("decisions by source", "notice"): 1,
        ("decisions by who", "by a person"): 1,
        ("hours from report to decision", "median"): 6.0,
        ("strikes", "given"): 1,
    },
}


def test_every_figure_is_as_found_by_hand(rows: None) -> None:
    told: dict[int, dict[tuple[str, str], float]] = {}
    for one in figures():
        told.setdefault(one.year, {})[(one.name, one.kind)] = one.value
    assert told == BY_HAND


def test_people_whom_strikes_hold_are_counted_once_a_year(at: At) -> None:
    person = UserFactory.create()
    at(2025, 3, 1, 0)
    words: dict[str, Any] = {"reason": "copyright", "facts": "Three of 90 days.", "clause": CLAUSE}
    for _ in range(2):
        made = hold(scope="person", row=person, **words)
        decisions.restore(decision=made, by=moderator(), facts="It was wrong.")
    at(2026, 2, 1, 0)
    hold(scope="person", row=person, **words)
    hold(scope="track", row=PublicTrackFactory.create(), **words)
    told = {(one.year, one.kind): one.value for one in figures() if one.name == "strikes"}
    assert told == {(2025, "people held"): 1, (2026, "people held"): 1}


def test_page_json_and_table_say_the_same(rows: None, client: Client) -> None:
    wanted = {
        (year, name, kind, value)
        for year, found in BY_HAND.items()
        for (name, kind), value in found.items()
    }
    in_json = client.get("/transparency.json").json()["figures"]
    assert {tuple(one.values()) for one in in_json} == wanted
    lines = csv.DictReader(client.get("/transparency.csv").text.splitlines())
    assert {
        (int(row["year"]), row["name"], row["kind"], float(row["value"])) for row in lines
    } == wanted
    page = client.get("/transparency/").text
    assert page.index('id="year-2026"') < page.index('id="year-2025"')
    assert "Hours from report to decision" in page


def test_who_asks_again_and_again_counts_nothing_anew(
    rows: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/transparency.json")
    with django_assert_max_num_queries(0):
        client.get("/transparency.json")
        client.get("/transparency.csv")
