"""A verification is looked at again, warned of, ended, kept and forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.lib.archive import validator
from config.lib.kept import SECTIONS
from media_pipeline.models import Event, Job
from moderation.forgetting import forget_verifications, remove_evidence
from moderation.models import Verification
from moderation.verification import rules, services
from moderation.verification.archive import _rows
from moderation.verification.kinds import look_again
from social.models import User
from tests.jobs import do_jobs
from tests.moderation.verification.doing import (
    LATER,
    MISSING,
    THERE,
    by_hand,
    kinds,
    move,
    verified,
)
from tests.moderation.verification.places import Places

pytestmark = pytest.mark.django_db


def test_it_is_looked_for_again_and_a_missing_proof_warns_and_then_ends(
    ada: User, places: Places
) -> None:
    row, now = verified(ada), timezone.now()
    look_again()
    assert not Job.objects.filter(kind=services.KIND).exists()
    move(row, checked_at=now - LATER, until=now + timedelta(days=20))
    places.records["_nexus.example.org"] = [[row.proof]]
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert row.until > now + timedelta(days=360)
    places.records.clear()
    move(row, checked_at=now - LATER)
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert (row.state, bool(row.warned_at)) == ("verified", True)
    assert "verification-warned" in kinds()
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert row.state == "verified"
    move(row, warned_at=now - rules.WARNED_FOR)
    look_again()
    do_jobs()
    row.refresh_from_db()
    ada.refresh_from_db()
    assert (row.state, ada.verified_as) == ("ended", "")
    assert "verification-ended" in kinds()


def test_what_is_back_in_time_is_warned_of_no_more(ada: User) -> None:
    row = verified(ada)
    services.note(row=row, found=MISSING)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    assert (row.state, row.warned_at) == ("verified", None)


def test_a_year_is_the_longest_and_by_hand_it_is_asked_for_anew(ada: User) -> None:
    row, now = by_hand(ada), timezone.now()
    look_again()
    row.refresh_from_db()
    assert row.warned_at is None
    move(row, until=now + timedelta(days=29))
    look_again()
    row.refresh_from_db()
    assert "It ends soon" in row.answer
    move(row, until=now)
    look_again()
    ada.refresh_from_db()
    assert ada.verified_as == ""


def test_who_takes_another_name_is_not_verified_by_hand_for_long(ada: User) -> None:
    row = by_hand(ada)
    User.objects.filter(pk=ada.pk).update(display_name="Somebody Famous")
    look_again()
    row.refresh_from_db()
    assert "called something else" in row.answer
    move(row, warned_at=timezone.now() - rules.WARNED_FOR - timedelta(hours=1))
    look_again()
    row.refresh_from_db()
    assert row.state == "ended"


def test_a_look_that_comes_too_late_changes_nothing(ada: User) -> None:
    row = verified(ada)
    services.give_up(row=row, by=ada)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    assert row.state == "ended"
    assert Event.objects.filter(kind="verification.made").count() == 1


def test_it_is_kept_told_and_forgotten(ada: User) -> None:
    row = verified(ada)
    (told,) = _rows(ada)
    validator(SECTIONS["verifications"].schema).validate(told)
    old = timezone.now() - timedelta(days=366)
    move(row, created_at=old)
    assert forget_verifications(timezone.now(), 10) == 0
    services.give_up(row=row, by=ada)
    move(row, ended_at=old)
    assert forget_verifications(timezone.now(), 10) == 1
    verified(ada, subject="else.org")
    remove_evidence(ada)
    ada.refresh_from_db()
    assert (ada.verified_as, Verification.objects.count()) == ("", 0)
