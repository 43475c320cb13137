"""Whoever pays sees how much was asked, and how it ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assistant.models import ProviderCall
from tests.factories.social import StaffFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/assistant/providercall/"


def call(**words: Any) -> ProviderCall:
    known = {"provider": "openai", "task": "embedding", "model": "m", "units": 10, "status": "ok"}
    days = words.pop("days_ago", 0)
    row: ProviderCall = ProviderCall.objects.create(**known | words)
    ProviderCall.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=days))
    return row


def test_calls_and_their_sums_are_listed(
    settings: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.NEXUS_PROVIDER_CHARACTERS = 100
    call(units=13)
    call(units=17, status="busy")
    call(units=19, days_ago=20, task="transcript")
    call(units=23, days_ago=40)
    client = Client()
    client.force_login(StaffFactory.create())
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        page = client.get(PAGE)
    spans = dict(page.context["spans"])
    assert [(row["calls"], row["failed"], row["units"]) for row in spans["Today"]] == [(2, 1, 13)]
    month = {row["task"]: row["units"] for row in spans["In the last 30 days"]}
    assert month == {"embedding": 13, "transcript": 19}
    assert "87 of 100 characters may still be sent today." in page.content.decode()


def test_a_call_can_be_opened_and_not_changed() -> None:
    row, client = call(), Client()
    client.force_login(StaffFactory.create())
    page = client.get(f"{PAGE}{row.pk}/change/")
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
