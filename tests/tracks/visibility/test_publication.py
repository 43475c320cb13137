"""A track is published at its hour: listed, dated and announced then, once."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Event, Job
from tests.factories.tracks import ReadyTrackFactory
from tests.jobs import do_jobs
from tracks.events import TRACK_PUBLISHED
from tracks.models import Track
from tracks.processing import services as processing
from tracks.visibility.services import publication
from tracks.visibility.services.visibility import set_visibility


def planned(hours: float = 72) -> Track:
    hour = timezone.now() + timedelta(hours=hours)
    track = ReadyTrackFactory.create(title="Later", release_at=hour)
    return set_visibility(track=track, visibility="public", by=track.owner)


def let_its_hour_come() -> datetime:
    now = timezone.now()
    Track.objects.update(release_at=now)
    Job.objects.filter(kind=publication.AT_ITS_HOUR).update(run_after=now)
    return now


@pytest.mark.django_db
def test_before_its_hour_it_is_neither_listed_nor_announced(client: Client) -> None:
    track = planned()
    processing.settle_all()
    do_jobs()
    track.refresh_from_db()
    assert track.published_at is None
    assert not Event.objects.filter(kind=TRACK_PUBLISHED).exists()
    assert "Later" not in client.get("/").text
    job = Job.objects.get(kind=publication.AT_ITS_HOUR)
    assert (job.state, job.run_after) == ("pending", track.release_at)


@pytest.mark.django_db
def test_at_its_hour_it_is_published_once(client: Client) -> None:
    track = planned()
    now = let_its_hour_come()
    do_jobs()
    processing.settle_all()
    track.refresh_from_db()
    assert track.published_at
    assert track.published_at >= now
    event = Event.objects.get(kind=TRACK_PUBLISHED)
    assert event.data == {"owner": str(track.owner_id)}
    assert "Later" in client.get("/").text


@pytest.mark.django_db
def test_a_lost_job_is_made_up_for() -> None:
    track = planned()
    let_its_hour_come()
    Job.objects.all().delete()
    processing.settle_all()
    track.refresh_from_db()
    assert track.published_at


@pytest.mark.django_db
def test_an_hour_that_moves_moves_the_publication() -> None:
    track = planned(hours=1)
    later = timezone.now() + timedelta(hours=5)
    Track.objects.update(release_at=later)
    publication.settle(track=track)
    first = Job.objects.filter(kind=publication.AT_ITS_HOUR).earliest("run_after")
    Job.objects.filter(pk=first.pk).update(run_after=timezone.now())
    do_jobs()
    track.refresh_from_db()
    assert track.published_at is None
    assert Job.objects.filter(state="pending", run_after=later).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_announces_it() -> None:
    track = planned()
    let_its_hour_come()
    start = threading.Barrier(4)

    def settle() -> None:
        start.wait()
        publication.settle(track=track)
        connection.close()

    settlers = [threading.Thread(target=settle) for _ in range(4)]
    for settler in settlers:
        settler.start()
    for settler in settlers:
        settler.join()
    assert Event.objects.filter(kind=TRACK_PUBLISHED).count() == 1


@pytest.mark.django_db
def test_what_is_made_private_and_public_again_is_announced_once() -> None:
    track = set_visibility(track=ReadyTrackFactory.create(), visibility="public", by=None)
    set_visibility(track=track, visibility="private", by=track.owner)
    Track.objects.update(published_at=None)
    set_visibility(track=track, visibility="public", by=track.owner)
    assert Event.objects.filter(kind=TRACK_PUBLISHED).count() == 1
