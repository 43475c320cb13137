"""Somebody asks for a verification, by pages and by programs, and nobody else reaches it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from media_pipeline.models import Job
from moderation.models import Verification
from moderation.verification import rules, services
from social.models import User
from tests.factories.social import UserFactory
from tests.jobs import do_jobs
from tests.moderation.verification.doing import kinds, verified
from tests.moderation.verification.places import Places

pytestmark = pytest.mark.django_db


def test_it_is_asked_for_on_a_page_looked_for_by_a_job_and_shown(
    client: Client, ada: User, places: Places
) -> None:
    client.force_login(ada)
    mine = reverse("my-verifications")
    client.post(mine, {"method": "dns", "subject": "https://Example.org/"})
    row = Verification.objects.get()
    shown = client.get(mine).text
    assert "_nexus.example.org" in shown
    assert row.proof in shown
    check = reverse("my-verification-check", args=[row.pk])
    client.post(check)
    assert not places.asked
    assert "Being looked at" in client.get(mine).text
    do_jobs()
    assert "There is no TXT record at _nexus.example.org yet." in client.get(mine).text
    places.records["_nexus.example.org"] = [[row.proof]]
    client.post(check)
    client.post(check)
    assert Job.objects.filter(kind=services.KIND, state="pending").count() == 1
    do_jobs()
    line = client.get(reverse("my-verification", args=[row.pk])).text
    assert "The record at _nexus.example.org is there." in line
    assert "Verified" in line
    ada.refresh_from_db()
    assert ada.verified == "example.org"
    assert kinds() == {"verified"}


def test_others_reach_none_of_it_and_there_are_ten_at_most(client: Client, ada: User) -> None:
    row = services.begin(person=ada, method="dns", subject="example.org")
    assert services.begin(person=ada, method="dns", subject="EXAMPLE.org") == row
    client.force_login(UserFactory.create())
    for name in ("check", "give-up"):
        address = reverse(f"my-verification-{name}", args=[row.pk])
        assert client.post(address).status_code == 404
    for n in range(rules.LIVE_MOST - 1):
        services.begin(person=ada, method="dns", subject=f"a{n}.org")
    with pytest.raises(Problem) as refusal:
        services.begin(person=ada, method="dns", subject="one-more.org")
    assert refusal.value.type == "too-many-verifications"


def test_programs_do_the_same(client: Client, ada: User, places: Places) -> None:
    client.force_login(ada)
    at = "/api/v1/me/verifications/"
    wrong = client.post(
        at, {"method": "file", "subject": "localhost"}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "subject")
    words = {"method": "file", "subject": "example.org"}
    made = client.post(at, words, content_type="application/json")
    told = made.json()
    assert (made.status_code, told["state"]) == (201, "waiting")
    assert told["place"] == "https://example.org/.well-known/nexus.txt"
    places.put("example.org/.well-known/nexus.txt", told["put"], "text/plain")
    one = f"{at}{told['id']}/"
    asked = client.post(f"{one}check/")
    assert (asked.status_code, asked.json()["is_being_checked"]) == (202, True)
    do_jobs()
    assert client.get(one).json()["state"] == "verified"
    assert client.get(at).json()["verifications"][0]["id"] == told["id"]
    assert client.delete(one).status_code == 204
    assert client.get(one).json()["state"] == "ended"
    ada.refresh_from_db()
    assert ada.verified == ""


def test_ones_own_list_asks_few_times(
    client: Client, ada: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        verified(ada, subject=f"a{n}.org")
    client.force_login(ada)
    for path in (reverse("my-verifications"), "/api/v1/me/verifications/"):
        with django_assert_max_num_queries(8):
            assert "a4.org" in client.get(path).text
