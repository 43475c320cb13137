"""A machine that dies while it asks for a month has asked for nothing; the next one asks, once."""

import signal
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from economics.models import PayLink, Pledge
from economics.pledges.services import fall_due
from tests.contracts.given import begin_for
from tests.factories.social import UserFactory
from tests.jobs import do_jobs
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
ROUND = "from economics.pledges.services import fall_due; fall_due()"


def test_killed_between_row_and_letter_a_month_is_asked_for_once(
    site: Site, mailoutbox: Any
) -> None:
    artist = UserFactory.create()
    PayLink.objects.create(artist=artist, kind="page", address="https://pay.example/")
    pledge = begin_for(UserFactory.create(), artist)
    do_jobs()
    mailoutbox.clear()
    due = timezone.now() - timedelta(hours=1)
    Pledge.objects.filter(pk=pledge.pk).update(next_at=due)
    killed = site.launch("shell", "-c", ROUND, NEXUS_FAULT="pledge:asked")
    assert killed.wait(60) == -signal.SIGKILL
    pledge.refresh_from_db()
    assert (pledge.contributions.count(), pledge.months, pledge.next_at) == (1, 1, due)
    assert [fall_due(), fall_due()] == [1, 0]
    do_jobs()
    do_jobs()
    assert [mail.subject.strip() for mail in mailoutbox if mail.to == [pledge.giver.email]] == [
        "How to pay what you give"
    ]
    assert pledge.contributions.count() == 2
