"""What was declared and never came in is waited for no more, unless a provider has a word in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from economics.models import Contribution, ProviderCall, ProviderEvent
from media_pipeline.models import Event
from media_pipeline.retention.services import carry_out_all
from tests.factories.economics import confirm, declare
from tests.factories.social import UserFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db(transaction=True)
RULE = "declared-contributions"


def old(days: int = 61, **words: Any) -> Contribution:
    """Return what was declared some days ago."""
    made = declare(**words)
    at = timezone.now() - timedelta(days=days)
    Contribution.objects.filter(pk=made.pk).update(created_at=at)
    return made


def expired(*, dry: bool = False) -> int:
    """Let retention come round; return what it did of this rule."""
    return next(one.removed for one in carry_out_all(dry=dry) if one.rule == RULE)


def status(given: Contribution) -> str:
    return Contribution.objects.get(pk=given.pk).status


def test_what_never_came_in_fails_with_a_letter_and_may_still_come(
    mailoutbox: Any,
) -> None:
    given, young = old(giver=UserFactory.create()), old(59)
    came_in = confirm(old())
    assert expired(dry=True) == 1
    assert status(given) == "declared"
    assert expired() == 1
    assert [status(one) for one in (given, young, came_in)] == ["failed", "declared", "confirmed"]
    event = Event.objects.get(kind="contribution.cancelled")
    assert event.actor is None
    do_jobs()
    assert any("has not come in" in mail.body for mail in mailoutbox)
    assert expired() == 0
    assert confirm(given).status == "confirmed"


def test_what_a_provider_has_a_word_in_is_left_alone() -> None:
    asked, told, answered = old(), old(), old()
    ProviderCall.objects.create(contribution=asked, kind="start")
    words = {"provider": "test", "number": 2, "kind": "confirmed", "reference": "r"}
    ProviderEvent.objects.create(contribution=told.pk, event="e", **words)
    now = timezone.now()
    ProviderCall.objects.create(contribution=answered, kind="start", answered_at=now)
    assert expired() == 1
    assert [status(one) for one in (asked, told, answered)] == ["declared", "declared", "failed"]


def test_the_operator_says_for_how_long_and_what_went_directly_is_not_waited_for(
    settings: Any,
) -> None:
    direct = old(400, mode=Contribution.Mode.DIRECT, provider="direct")
    given = old(31)
    for days in (0, 31):
        settings.NEXUS_DECLARED_DAYS = days
        assert expired() == (1 if days else 0)
    assert (status(direct), status(given)) == ("declared", "failed")
