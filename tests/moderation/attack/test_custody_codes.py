"""Keeping apart removes a piece, a bundle holds the worst there is: both ask for a fresh code."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.utils import timezone

from moderation.custody import services
from moderation.models import Case, Custody, Decision, Report
from social.models import User
from tests.factories.moderation import make_case, make_report, moderator
from tests.factories.social import AGAIN, StaffFactory, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs
from tests.moderation.desk.test_desk import QUEUE, page_of

pytestmark = pytest.mark.django_db
SAID = {"reason": "A threat at 0:42.", "authority": "The police", "days": "90"}


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def opener() -> User:
    person = moderator()
    person.user_permissions.add(Permission.objects.get(codename="open_custody"))
    return User.objects.get(pk=person.pk)


def test_keeping_apart_asks_for_a_code_and_goes_on() -> None:
    case = make_case(PublicTrackFactory.create(), reason="violence")
    client = stale(moderator())
    asked = client.post(f"{QUEUE}{case.pk}/keep/", SAID)
    assert asked.headers["Location"].startswith(AGAIN)
    assert not Decision.objects.exists()
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.headers["Location"] == page_of(case)
    assert Custody.objects.get().reason == SAID["reason"]
    assert Decision.objects.get().kind == "remove"


@pytest.mark.parametrize("act", ["bundle", "letter", "release"])
def test_looking_and_ending_ask_for_a_code(act: str) -> None:
    case = make_case(PublicTrackFactory.create(), reason="violence")
    kept = services.keep(case=case, by=moderator(), reason="A threat.", authority="The police")
    do_jobs("slow")
    client = stale(opener())
    asked = client.post(f"{QUEUE}{kept.pk}/{act}/", {"reason": "For the police."})
    assert asked.headers["Location"].startswith(AGAIN)
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.status_code == (302 if act == "release" else 200)
    assert (Custody.objects.get().released_at is not None) is (act == "release")


def test_who_is_left_alone_with_their_own_report_is_asked_too() -> None:
    by = StaffFactory.create()
    case = make_report(PublicTrackFactory.create(), reason="violence", reporter=by).case
    yesterday = timezone.now() - timedelta(hours=25)
    Report.objects.update(created_at=yesterday)
    Case.objects.update(opened_at=yesterday)
    client = stale(by)
    asked = client.post(f"{QUEUE}{case.pk}/keep/", SAID)
    assert asked.headers["Location"].startswith(AGAIN)
    client.post(asked.headers["Location"], {"code": code_now()})
    assert Custody.objects.exists()
