"""Administrators and programs see how each kind of work stands, and try again or discard."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from media_pipeline.jobs.presenters import overview
from media_pipeline.models import Job
from tests.factories.media_pipeline import FailedJobFactory, JobFactory
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/media_pipeline/job/"


def failed_sweep() -> Job:
    return FailedJobFactory.create(
        kind="look-for-room", asset=None, dedupe_key="look-for-room:", error="No."
    )


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def act(client: Client, action: str, *jobs: Job) -> str:
    words = {"action": action, "_selected_action": [str(job.pk) for job in jobs]}
    return client.post(ADDRESS, words, follow=True).content.decode()


def test_each_kind_says_what_waits_and_for_how_long() -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    JobFactory.create(run_after=hour_ago)
    JobFactory.create()
    JobFactory.create(run_after=timezone.now() + timedelta(hours=1))
    FailedJobFactory.create()
    rows = {row["kind"]: row for row in overview()}
    row = rows["process"]
    assert (row["queue"], row["waiting"], row["planned"], row["running"]) == ("fast", 2, 1, 0)
    assert row["failed"] == 1
    assert row["oldest_seconds"] == pytest.approx(3600, abs=5)
    assert rows["extras"]["oldest_seconds"] is None


def test_the_overview_asks_twice(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        overview()


def test_a_kind_that_nobody_does_any_more_is_shown() -> None:
    JobFactory.create(kind="from-an-older-version", queue="fast")
    row = next(row for row in overview() if row["kind"] == "from-an-older-version")
    assert (row["queue"], row["waiting"]) == ("", 1)


def test_the_command_says_it_for_people_and_programs() -> None:
    JobFactory.create()
    people, programs = StringIO(), StringIO()
    call_command("jobs", stdout=people)
    call_command("jobs", "--json", stdout=programs)
    assert "process" in people.getvalue()
    rows = {row["kind"]: row for row in json.loads(programs.getvalue())}
    assert rows["process"]["waiting"] == 1


def test_the_admin_shows_kinds_above_jobs(admin: Client) -> None:
    JobFactory.create()
    failed_sweep()
    page = admin.get(ADDRESS).content.decode()
    assert "How each kind of work stands" in page
    assert "?kind=look-for-room" in page
    assert "the site" in page


def test_one_or_many_are_tried_again(admin: Client) -> None:
    jobs = [FailedJobFactory.create(), failed_sweep()]
    assert "Queued again: 2." in act(admin, "retry", *jobs)
    assert set(Job.objects.values_list("state", flat=True)) == {"pending"}


def test_what_is_about_a_file_is_not_discarded(admin: Client) -> None:
    kept, gone = FailedJobFactory.create(), failed_sweep()
    page = act(admin, "discard", kept, gone)
    assert "Discarded: 1." in page
    assert "cannot" in page or "can be discarded" in page
    assert list(Job.objects.all()) == [kept]
