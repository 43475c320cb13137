"""What is kept of reports and decisions, and for how long; and the letter that tells of one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from moderation.forgetting import forget_cases, forget_reports, unname
from moderation.models import Case, Decision, Report
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_reports_are_forgotten_two_years_after_their_end_and_decisions_never() -> None:
    old, new = PublicTrackFactory.create(), PublicTrackFactory.create()
    decide(old, "hide")
    decide(new, "hide")
    open_one = make_report(PublicTrackFactory.create())
    Case.objects.filter(target_id=old.pk).update(closed_at=timezone.now() - timedelta(days=731))
    undecided = make_report(PublicTrackFactory.create()).case
    Case.objects.filter(pk=undecided.pk).update(
        state="closed", closed_at=timezone.now() - timedelta(days=731)
    )
    assert forget_reports(timezone.now(), 100) == 2
    assert forget_cases(timezone.now(), 100) == 1
    assert set(Report.objects.values_list("case__target_id", flat=True)) == {
        new.pk,
        open_one.case.target_id,
    }
    assert Decision.objects.count() == 2
    assert not Case.objects.filter(pk=undecided.pk).exists()
    assert forget_reports(timezone.now(), 100) == 0


def test_who_leaves_is_named_no_more() -> None:
    person = UserFactory.create()
    report = make_report(PublicTrackFactory.create(), reporter=person)
    unname(person)
    report.refresh_from_db()
    assert (report.reporter, report.source) == (None, "")


def test_the_letter_holds_all_that_article_17_asks_for(settings: Any) -> None:
    track = PublicTrackFactory.create(title="Loud\r\nBcc: all@example.org")
    made = decide(track, "hide", by=moderator(display_name="Mo Derator"))
    do_jobs()
    (letter,) = mail.outbox
    assert letter.to == [track.owner.email]
    assert "\n" not in letter.subject
    body = letter.body
    for words in (
        *("At 0:42 it calls for violence.", "Terms of use: hate", "Somebody reported it"),
        *("Everywhere", "until it is undone", "no machine did", "six months", "to a court"),
        made.get_absolute_url(),
    ):
        assert words in str(body), words
    assert "Mo Derator" not in str(body)
