"""What was declared waits as a case, which knows no name, until it has an end."""

import pytest
from django.test import Client

from economics.contributions import services
from economics.models import Contribution
from media_pipeline.models import Job
from moderation.models import Case
from tests.factories.economics import confirm, declare
from tests.factories.moderation import moderator
from tests.factories.social import UserFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def case_of(given: Contribution) -> Case:
    found: Case = Case.objects.get(target="contribution", target_id=given.pk)
    return found


def test_what_was_declared_is_a_case_until_it_has_come_in() -> None:
    giver = UserFactory.create(handle="gil", display_name="Gil")
    given = declare(giver=giver)
    do_jobs()
    case = case_of(given)
    assert (case.is_open, case.person) == (True, giver)
    assert case.title == f"€10.00, {given.pk.hex[-10:].upper()}"
    client = Client()
    client.force_login(moderator())
    queue = client.get("/admin/moderation/case/?waiting=contributions").content.decode()
    assert case.title in queue
    page = client.get(f"/admin/moderation/case/{case.pk}/change/")
    assert page.status_code == 200
    assert f"/admin/economics/contribution/{given.pk}/change/" in page.content.decode()
    assert "Nowhere: it has no page for visitors." in page.content.decode()
    assert not Job.objects.filter(kind="walk-surfaces").exists(), "there is nothing to walk"
    confirm(given)
    do_jobs()
    assert not case_of(given).is_open


def test_what_is_cancelled_waits_no_more_and_what_ended_at_once_never_did() -> None:
    given, gone = declare(), declare()
    services.cancel(gone.pk)
    do_jobs()
    assert not Case.objects.filter(target_id=gone.pk).exists()
    services.cancel(given.pk)
    do_jobs()
    assert not case_of(given).is_open


def test_what_went_directly_waits_for_its_recipient_and_for_no_moderator() -> None:
    declare(mode=Contribution.Mode.DIRECT, provider="direct")
    do_jobs()
    assert not Case.objects.exists()


def test_nobody_reports_one() -> None:
    given = declare()
    assert Client().get(f"/report/?about=contribution:{given.pk}").status_code == 404
