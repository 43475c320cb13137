"""A single piece comes out at an hour on the clocks of its artist's place, said on its own page."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Event, Job
from tests.factories.releases import filled
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tests.jobs import do_jobs
from tracks.catalogue.services import revisions
from tracks.events import TRACK_PUBLISHED
from tracks.models import ReleaseTrack, Revision, Track
from tracks.releases.services import publishing as releasing
from tracks.visibility.services import publication

pytestmark = pytest.mark.django_db
NOON = (timezone.now() + timedelta(days=30)).replace(tzinfo=None).strftime("%Y-%m-%dT12:00")
TOKYO = {"when": "later", "local": NOON, "time_zone": "Asia/Tokyo"}


@pytest.fixture
def track(client: Client) -> Track:
    """A private piece whose owner is signed in."""
    found: Any = ReadyTrackFactory(title="Rain")
    client.force_login(found.owner)
    return found


def address(track: Track) -> str:
    return f"/tracks/{track.slug}/publish/"


def test_an_hour_is_said_in_a_place_and_kept_from_others(client: Client, track: Track) -> None:
    said = client.post(address(track), TOKYO, follow=True).text
    track.refresh_from_db()
    there = datetime.fromisoformat(NOON).replace(tzinfo=ZoneInfo("Asia/Tokyo"))
    assert track.release_at == there.astimezone(UTC)
    assert (track.visibility, track.time_zone) == ("public", "Asia/Tokyo")
    day = f"{there.day} {there:%B %Y}"
    assert f"It comes out on {day} at 12:00 in Asia/Tokyo." in said
    assert f"It comes out on {day} at 12:00 (Asia/Tokyo). Until then only you can open it." in said
    assert f'value="{NOON}"' in said
    page = client.get(track.get_absolute_url()).text
    assert "Only you see this until" in page
    assert f"{day}, 12:00</time> (Asia/Tokyo)" in page
    for path in (
        track.get_absolute_url(),
        f"/embed/track/{track.pk}/",
        f"/api/v1/tracks/{track.pk}/",
    ):
        assert Client().get(path).status_code == 404, path
    assert "Rain" not in Client().get("/").text


def test_at_its_hour_it_is_open_and_told_once_by_the_same_job(client: Client, track: Track) -> None:
    client.post(address(track), TOKYO)
    job = Job.objects.get(kind=publication.AT_ITS_HOUR)
    track.refresh_from_db()
    assert job.run_after == track.release_at
    Track.objects.filter(pk=track.pk).update(release_at=Now())
    Job.objects.filter(pk=job.pk).update(run_after=Now())
    assert Client().get(track.get_absolute_url()).status_code == 200  # though no job has run
    assert do_jobs() >= 1
    track.refresh_from_db()
    assert track.published_at
    assert (
        Event.objects.filter(kind=TRACK_PUBLISHED, subject=f"tracks.track:{track.pk}").count() == 1
    )
    assert "It is out since" in client.get(address(track)).text


def test_it_is_opened_now_put_off_and_taken_back(client: Client, track: Track) -> None:
    client.post(address(track), TOKYO)
    later = (timezone.now() + timedelta(days=60)).strftime("%Y-%m-%dT12:00")
    client.post(address(track), TOKYO | {"local": later, "time_zone": "UTC"})
    track.refresh_from_db()
    assert track.release_at
    assert (f"{track.release_at:%Y-%m-%dT%H:%M}", track.time_zone) == (later, "UTC")
    assert "It is private." in client.post(address(track), {"when": "private"}, follow=True).text
    track.refresh_from_db()
    assert (track.visibility, track.release_at) == ("private", None)
    assert "Everybody can hear it" in client.post(address(track), {"when": "now"}, follow=True).text
    track.refresh_from_db()
    assert (track.visibility, track.release_at) == ("public", None)
    assert track.published_at
    assert (
        "Only whoever has its link"
        in client.post(address(track), {"when": "unlisted"}, follow=True).text
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"local": "x"}, "Write the hour like"),
        ({"local": ""}, "Say the day and the hour."),
        ({"time_zone": "Mars"}, "Choose a time zone"),
        ({"time_zone": ""}, "Choose a time zone"),
        ({"local": "2020-01-01T10:00"}, "This hour has passed"),
        ({"local": "9999-01-01T10:00"}, "within the next five years"),
        ({"when": "nonsense"}, "nonsense"),
    ],
)
def test_what_is_no_hour_has_its_sentence(
    client: Client, track: Track, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.post(address(track), TOKYO | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text.partition('role="alert"')[2]
    track.refresh_from_db()
    assert (track.visibility, track.release_at, track.time_zone) == ("private", None, "")


def test_what_is_out_is_not_put_off(client: Client) -> None:
    out: Any = PublicTrackFactory()
    client.force_login(out.owner)
    answer = client.post(address(out), TOKYO)
    assert answer.status_code == 422
    assert "It is out already" in answer.text
    out.refresh_from_db()
    assert out.release_at is None


def test_it_stands_in_the_history_and_is_undone(client: Client, track: Track) -> None:
    client.post(address(track), TOKYO)
    revisions.undo(revision=Revision.objects.get(), by=track.owner)
    track.refresh_from_db()
    assert (track.visibility, track.release_at) == ("private", None)


def test_an_hour_of_its_own_is_not_that_of_its_release(client: Client) -> None:
    release, (first, second) = filled(2, private=True, visibility="private", title="Orchard")
    moment = timezone.now() + timedelta(days=9)
    releasing.schedule_at(release=release, moment=moment, by=release.owner)
    client.force_login(release.owner)
    page = client.get(address(first)).text
    assert "It opens with" in page
    assert "Orchard" in page
    client.post(address(first), TOKYO)
    first.refresh_from_db()
    own = first.release_at
    assert own != moment
    assert "It opens with" not in client.get(address(first)).text
    releasing.withdraw(release=release, visibility="private", by=release.owner)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.visibility, first.release_at, second.visibility) == ("public", own, "private")
    assert not ReleaseTrack.objects.filter(opens_with=True).exists()
