"""Who reports what is plainly unfounded is warned, then not heard for a time, and told of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.models import Case, Mute
from moderation.mutes import services
from tests.factories.moderation import decide, make_case, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
SOMEBODY = "198.51.100.7"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def muted(**who: Any) -> Mute:
    """Warn a source, let it report again, and mute it at that."""
    first = make_report(PublicTrackFactory.create(), **who)
    services.warn(report=first, by=moderator(), facts="This is a song about bees.")
    again = make_report(PublicTrackFactory.create(), **who)
    return services.mute(report=again, by=moderator(), facts="Bees once more.", days=30)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_muted_report_is_kept_and_opens_no_case(is_signed_in: bool) -> None:
    who = {"reporter": UserFactory.create()} if is_signed_in else {"source": SOMEBODY}
    muted(**who)
    track = PublicTrackFactory.create()
    report = make_report(track, **who)
    assert (report.is_muted, report.case.is_open) == (True, False)
    assert make_report(track).case.is_open  # somebody else is heard as ever
    page = Client().get(report.get_absolute_url()).text
    assert "Bees once more." in page
    assert "A moderator will look at it" not in page


def test_a_muted_report_joins_an_open_case_and_moves_no_clock() -> None:
    muted(source=SOMEBODY)
    track = PublicTrackFactory.create()
    case = make_case(track, reason="spam")
    report = make_report(track, reason="copyright", source=SOMEBODY)
    found = Case.objects.get(pk=case.pk)
    assert report.case == found
    assert (found.reason, found.due_at) == ("spam", case.due_at)


@pytest.mark.parametrize("reason", ["minors", "violence"])
def test_a_danger_to_a_child_or_to_life_is_heard_whoever_says_so(reason: str) -> None:
    muted(source=SOMEBODY)
    assert make_report(PublicTrackFactory.create(), reason=reason, source=SOMEBODY).case.is_open


def test_limits_are_tighter_while_it_lasts() -> None:
    muted(source=SOMEBODY)
    for _ in range(2):
        make_report(PublicTrackFactory.create(), source=SOMEBODY)
    with pytest.raises(Problem, match="two an hour"):
        make_report(PublicTrackFactory.create(), source=SOMEBODY)


def test_nobody_is_muted_without_a_warning_before_the_report() -> None:
    report = make_report(PublicTrackFactory.create(), source=SOMEBODY)
    for _ in range(2):
        with pytest.raises(Problem, match="Warn first"):
            services.mute(report=report, by=moderator(), facts="Bees.", days=30)
        services.warn(report=report, by=moderator(), facts="Bees.")
    again = make_report(PublicTrackFactory.create(), source=SOMEBODY)
    old = timezone.now() - timedelta(days=366)
    Mute.objects.update(created_at=old)
    with pytest.raises(Problem, match="Warn first"):
        services.mute(report=again, by=moderator(), facts="Bees.", days=30)


def test_a_mute_ends_by_its_time_or_by_another_act() -> None:
    row = muted(source=SOMEBODY)
    services.lift(mute=row, by=moderator(), facts="They have explained it.")
    assert make_report(PublicTrackFactory.create(), source=SOMEBODY).case.is_open
    with pytest.raises(Problem, match="is over"):
        services.lift(mute=row, by=moderator(), facts="Again.")
    over = muted(source="203.0.113.9")
    with transaction.atomic():
        Mute.objects.filter(pk=over.pk).delete()
    assert make_report(PublicTrackFactory.create(), source="203.0.113.9").case.is_open


@pytest.mark.parametrize("days", ["", "0", "91", "many"])
def test_a_mute_has_a_reasonable_time(days: str) -> None:
    report = make_report(PublicTrackFactory.create(), source=SOMEBODY)
    services.warn(report=report, by=moderator(), facts="Bees.")
    again = make_report(PublicTrackFactory.create(), source=SOMEBODY)
    with pytest.raises(Problem, match="1 to 90 days"):
        services.mute(report=again, by=moderator(), facts="Bees.", days=days)


def test_every_act_has_reasons_is_told_and_sealed_and_never_changes() -> None:
    reporter = UserFactory.create()
    with pytest.raises(Problem, match="Say why"):
        services.warn(report=make_report(PublicTrackFactory.create()), by=moderator(), facts=" ")
    row = muted(reporter=reporter)
    do_jobs()
    mine = [letter for letter in mail.outbox if letter.to == [reporter.email]]
    assert ["bees" in letter.body.lower() for letter in mine] == [True, True]
    assert SealedEntry.objects.filter(kind__in=["reporter.warn", "reporter.mute"]).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Mute.objects.filter(pk=row.pk).update(facts="Something else.")


def test_a_strangers_name_is_not_muted_with_an_address() -> None:
    muted(source=SOMEBODY)
    person = UserFactory.create()
    assert make_report(PublicTrackFactory.create(), reporter=person, source=SOMEBODY).case.is_open


def test_what_was_decided_is_told_to_a_muted_reporter_too() -> None:
    muted(source=SOMEBODY)
    track = PublicTrackFactory.create()
    report = make_report(track, source=SOMEBODY)
    assert "We keep your report" in Client().get(report.get_absolute_url()).text
    case = make_report(track).case
    assert case != report.case
    decide(track, "hide")
    assert "We keep your report" in Client().get(report.get_absolute_url()).text
    other = PublicTrackFactory.create()
    make_report(other)
    joined = make_report(other, source=SOMEBODY)
    decide(other, "hide")
    assert "We have acted" in Client().get(joined.get_absolute_url()).text
