"""Whose it is does not read who reported it, and judges nothing of their own by another way."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from config.lib.problems import Problem
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.decisions import services
from moderation.models import Case, Decision
from social.models import User
from tests.factories.moderation import (
    as_before_decisions,
    decide,
    make_report,
    moderator,
    write_to_reporter,
)
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in

pytestmark = pytest.mark.django_db
NAME, WORDS, NOTE = "Nora Neighbour", "I live next door to them.", "He shouts at me, too."


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def case_about(owner: User) -> Case:
    """Return a case about a piece of somebody, with all that is not for them to read."""
    track = PublicTrackFactory.create(owner=owner)
    report = make_report(track, reporter=UserFactory.create(display_name=NAME), words=WORDS)
    by = moderator()
    cases.write(case=report.case, by=by, words=NOTE)
    write_to_reporter(report, "Where is it?")
    made = decide(track, "no_action", case=report.case)
    appeals.appeal_as_reporter(report=report, decision=made, text="Listen again.")
    return report.case


def told(by: User, case: Case) -> str:
    """Return all that the admin tells somebody of a case."""
    client, report, appeal = signed_in(by), case.reports.get(), case.appeals.get()
    pages = [page_of(case), QUEUE]
    for name, row in (("report", report), ("appeal", appeal)):
        pages += [f"/admin/moderation/{name}/", f"/admin/moderation/{name}/{row.pk}/change/"]
    return "".join(client.get(page, follow=True).text for page in pages)


def test_a_moderator_does_not_read_who_reported_something_of_their_own() -> None:
    by = moderator()
    case = case_about(by)
    others = told(moderator(), case)
    assert all(words in others for words in (NAME, WORDS, NOTE, "Listen again."))
    own = told(by, case)
    assert not any(words in own for words in (NAME, WORDS, NOTE, "Listen again.", "Where is it?"))
    assert "This is about something of your own." in own


def test_who_is_left_alone_reads_what_was_said_and_not_by_whom() -> None:
    by = moderator()
    case = make_report(
        PublicTrackFactory.create(owner=by),
        reporter=UserFactory.create(display_name=NAME),
        words=WORDS,
    ).case
    page = signed_in(by).get(page_of(case)).text
    assert WORDS in page
    assert NAME not in page


def test_nobody_grants_their_own_appeal_where_the_case_is_of_another() -> None:
    """A piece that has another owner by now: its case is of the former one."""
    by, _other = moderator(), moderator()
    track = PublicTrackFactory.create()
    case = make_report(track).case
    track.owner = by
    track.save(update_fields=["owner"])
    made = decide(track, "hide", case=case)
    assert made.person == by
    assert case.person != by
    appeal = appeals.appeal(decision=made, text="It is mine.")
    for act in (
        lambda: appeals.grant(appeal=appeal, by=by, words="Right."),
        lambda: appeals.uphold(appeal=appeal, by=by, words="Wrong."),
        lambda: services.restore(decision=made, by=by, facts="Right."),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.type == "own-content"


def test_undoing_is_offered_where_each_other_is_a_party() -> None:
    """Of two, one owns the piece and one decided about it: there must be a button."""
    one, owner = moderator(), moderator()
    track = PublicTrackFactory.create(owner=owner)
    made = decide(track, "hide", by=one)
    as_before_decisions(
        Decision.objects.filter(pk=made.pk), created_at=timezone.now() - timedelta(hours=25)
    )
    assert f"{QUEUE}{made.pk}/undo/" in signed_in(one).get(page_of(made.case)).text
    third = moderator()
    assert f"{QUEUE}{made.pk}/undo/" not in signed_in(one).get(page_of(made.case)).text
    assert f"{QUEUE}{made.pk}/undo/" in signed_in(third).get(page_of(made.case)).text
