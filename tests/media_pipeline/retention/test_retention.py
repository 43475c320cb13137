"""Rules are carried out batch by batch, each for itself, and counted."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from config.lib.kept import KEPT, RULES, Rule, forget_rows
from media_pipeline.jobs.services.schedules import ROUNDS, run_now
from media_pipeline.models import Event, Job, Retention
from media_pipeline.retention import services
from tests.factories.social import StaffFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
Make = Callable[..., Rule]


@pytest.fixture
def rules() -> Iterator[Make]:
    """A function: name, `forget` → a registered rule; all others are away meanwhile."""
    before = dict(RULES)
    RULES.clear()

    def make(name: str, forget: Callable[[datetime, int], int] | None = None) -> Rule:
        rule = RULES[name] = Rule(name, ("media_pipeline.Event",), "Goes.", forget or old_events)
        return rule

    yield make
    RULES.clear()
    RULES.update(before)


def old_events(now: datetime, most: int) -> int:
    return forget_rows(Event.objects.filter(created_at__lt=now - timedelta(days=30)), most)


def make_old(count: int) -> None:
    Event.objects.bulk_create(Event(kind="a.b", subject="a.b:1") for _ in range(count))
    Event.objects.update(created_at=timezone.now() - timedelta(days=31))


def test_all_there_is_goes_in_batches(rules: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 10)
    rule = rules("events")
    make_old(25)
    outcome = services.carry_out(rule)
    assert (outcome.removed, outcome.is_done) == (25, True)
    row = Retention.objects.get(rule="events")
    assert (row.removed, row.removed_ever) == (25, 25)
    make_old(1)
    services.carry_out(rule)
    row.refresh_from_db()
    assert (row.removed, row.removed_ever) == (1, 26)


def test_a_slice_ends_and_the_rest_follows_soon(
    rules: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 10)
    monkeypatch.setattr(services, "SLICE_SECONDS", 0.0)
    rule = rules("events")
    make_old(25)
    outcome = services.carry_out(rule, seconds=0.0)
    assert (outcome.removed, outcome.is_done) == (0, False)
    monkeypatch.setattr(services, "carry_out", lambda _rule: outcome)
    services.come_round()
    assert Job.objects.filter(kind=services.ROUND).count() == 1


def test_one_that_raises_holds_up_no_other(rules: Make, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_now: datetime, _most: int) -> int:
        raise RuntimeError("no")

    rules("broken", broken)
    rules("events")
    make_old(3)
    with caplog.at_level(logging.ERROR):
        found = {one.rule: one for one in services.carry_out_all()}
    assert found["events"].removed == 3
    assert found["broken"].error == "RuntimeError"
    assert "broken" in caplog.text
    assert Retention.objects.get(rule="broken").last_at is None


def test_asking_what_would_go_removes_nothing(rules: Make) -> None:
    rules("events")
    make_old(3)
    out = StringIO()
    call_command("retention", "--dry", "--json", stdout=out)
    assert [(one["rule"], one["removed"]) for one in json.loads(out.getvalue())] == [("events", 3)]
    assert Event.objects.count() == 3
    assert not Retention.objects.exists()


def test_the_command_does_it_and_says_so(rules: Make) -> None:
    rules("events")
    make_old(3)
    out = StringIO()
    call_command("retention", stdout=out)
    assert out.getvalue().split() == ["events", "3"]
    assert not Event.objects.exists()


def test_the_command_fails_where_a_rule_does(rules: Make) -> None:
    rules("broken", lambda now, most: 1 // 0)
    with pytest.raises(CommandError, match="broken"):
        call_command("retention", stdout=StringIO())


def test_it_comes_round_once_a_day(rules: Make) -> None:
    rules("events")
    assert ROUNDS[services.ROUND].at is not None
    make_old(2)
    run_now(services.ROUND)
    do_jobs()
    assert not Event.objects.exists()


def test_administrators_see_one_table(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(StaffFactory.create())
    services.carry_out(RULES["events"])
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get("/admin/media_pipeline/retention/").content.decode()
    assert "What is kept" in page
    assert all(kept.model in page for kept in KEPT.values())
    assert RULES["events"].sentence in page
