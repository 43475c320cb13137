"""A release comes out at its hour though the worker of that hour is killed: once, and whole."""

import signal
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.jobs.services import ending
from media_pipeline.models import Event, Job
from tests.factories.releases import filled
from tests.sites import Site, wait_until
from tracks.events import RELEASE_PUBLISHED, TRACK_PUBLISHED
from tracks.models import Release, Track
from tracks.releases.services import publishing
from tracks.visibility.services import opening

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30  # for a worker to be up, on a busy machine


def planned(seconds: float) -> Release:
    release, _ = filled(2, private=True, visibility="private")
    moment = timezone.now() + timedelta(seconds=seconds)
    return publishing.schedule_at(release=release, moment=moment, by=release.owner)


def is_noted(release: Release) -> bool:
    release.refresh_from_db()
    return release.published_at is not None


def is_open(release: Release, client: Client) -> bool:
    return "No. 1" in client.get(release.get_absolute_url()).text


@pytest.mark.parametrize("stage", ["release:at-its-hour", "release:told"])
@pytest.mark.long("two workers are started, one of which is killed")
def test_a_worker_killed_at_the_hour_costs_nothing(site: Site, client: Client, stage: str) -> None:
    release = planned(1)
    killed = site.work("general", NEXUS_FAULT=stage, **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    assert not is_noted(release)
    assert is_open(release, client)
    assert not Event.objects.filter(kind=RELEASE_PUBLISHED).exists()
    site.work("general", **QUICK)

    def done() -> bool:
        ending.recover(Job.objects.all())
        return is_noted(release)

    wait_until(done, START_SECONDS)
    assert Event.objects.filter(kind=RELEASE_PUBLISHED).count() == 1
    assert Event.objects.filter(kind=TRACK_PUBLISHED).count() == 2
    assert not Track.objects.filter(published_at=None).exists()
    wait_until(lambda: not Job.objects.filter(kind=opening.AT_ITS_HOUR, state="running").exists())


def test_nobody_alive_at_the_hour_and_the_page_is_open(client: Client) -> None:
    release = planned(0.5)
    assert not is_open(release, client)
    wait_until(lambda: is_open(release, client), 10)
    assert not is_noted(release)
