"""A release comes out at its hour, with its pieces; before, nobody hears a title of them."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Event, Job
from tests.factories.releases import filled
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.jobs import do_jobs
from tracks.collections import services as collections
from tracks.events import RELEASE_PUBLISHED, TRACK_PUBLISHED
from tracks.models import Release, Track
from tracks.releases.services import ordering, publishing
from tracks.visibility.services import opening

pytestmark = pytest.mark.django_db
LI = re.compile("<li>(.*?)</li>", re.DOTALL)


def planned(hours: float = 72, count: int = 2, **words: Any) -> Release:
    """Return a release that comes out in so many hours, of private pieces and a public one."""
    release, _ = filled(count, private=True, visibility="private", title="Orchard", **words)
    known: Any = PublicTrackFactory(owner=release.owner, title="Known")
    collections.add(collection=release, track=known)
    moment = timezone.now() + timedelta(hours=hours)
    return publishing.schedule_at(release=release, moment=moment, by=release.owner)


def let_its_hour_come(release: Release) -> None:
    Release.objects.filter(pk=release.pk).update(release_at=Now())
    Track.objects.filter(release_items__release=release, release_at__isnull=False).update(
        release_at=Now()
    )
    Job.objects.filter(kind=opening.AT_ITS_HOUR).update(run_after=Now())


def test_before_its_hour_others_see_a_countdown_and_no_title(client: Client) -> None:
    release = planned(artist_credit="Ada & Bo", kind="ep")
    page = client.get(release.get_absolute_url())
    assert page.status_code == 200
    assert "Orchard" in page.text
    assert "Ada &amp; Bo" in page.text
    assert "EP" in page.text
    assert "<count-down" in page.text
    for secret in ("No. 0", "No. 1", "Known", "play-button", "play-list"):
        assert secret not in page.text
    index()
    for address in ("/", f"/@{release.owner.handle}/", "/search/?q=orchard"):
        assert "Orchard" not in client.get(address).text
    assert client.get(f"/api/v1/releases/{release.pk}/").status_code == 404
    assert client.get(f"/api/v1/lists/release/{release.slug}/").status_code == 404
    assert client.get(f"/embed/release/{release.pk}/").status_code == 404
    for track in release.items.exclude(track__title="Known"):
        assert client.get(track.track.get_absolute_url()).status_code == 404


def test_its_owner_sees_all_of_it_before(client: Client) -> None:
    release = planned()
    client.force_login(release.owner)
    page = client.get(release.get_absolute_url()).text
    assert "No. 0" in page
    assert "Others see a countdown" in page


def test_at_its_hour_it_is_open_though_every_worker_is_dead(client: Client) -> None:
    release = planned()
    let_its_hour_come(release)
    page = client.get(release.get_absolute_url()).text
    for title in ("No. 0", "No. 1", "Known"):
        assert title in page
    assert "<count-down" not in page
    entries = client.get(f"/api/v1/lists/release/{release.slug}/").json()["entries"]
    assert [entry["title"] for entry in entries] == ["No. 0", "No. 1", "Known"]


def test_at_its_hour_one_job_notes_and_tells_it_once(client: Client) -> None:
    release = planned()
    job = Job.objects.get(kind=opening.AT_ITS_HOUR)
    assert (job.state, job.run_after) == ("pending", release.release_at)
    assert not Job.objects.filter(kind="publish-track").exists()
    let_its_hour_come(release)
    do_jobs()
    opening.settle_due()
    release.refresh_from_db()
    assert release.published_at
    assert Event.objects.filter(kind=RELEASE_PUBLISHED).count() == 1
    assert Event.objects.filter(kind=TRACK_PUBLISHED).count() == 2
    assert not Track.objects.filter(published_at=None).exists()
    assert "No. 0" in client.get("/").text


def test_a_lost_job_is_made_up_for() -> None:
    release = planned()
    let_its_hour_come(release)
    Job.objects.all().delete()
    opening.settle_due()
    release.refresh_from_db()
    assert release.published_at
    assert Event.objects.filter(kind=RELEASE_PUBLISHED).count() == 1


def test_an_hour_may_be_put_off_and_brought_forward() -> None:
    release = planned(hours=1)
    later = timezone.now() + timedelta(hours=50)
    publishing.schedule_at(release=release, moment=later, by=release.owner)
    opened = Track.objects.filter(release_items__release=release, release_at__isnull=False)
    assert set(opened.values_list("release_at", flat=True)) == {later}
    Job.objects.filter(run_after__lt=later).update(run_after=timezone.now())
    do_jobs()
    assert Release.objects.filter(published_at=None).exists()
    publishing.publish(release=release, by=release.owner)
    assert not Release.objects.filter(published_at=None).exists()
    assert not Track.objects.filter(release_at__isnull=False).exists()


def test_taking_it_back_closes_what_was_to_open_and_nothing_else(client: Client) -> None:
    release = planned()
    publishing.withdraw(release=release, visibility="private", by=release.owner)
    found = dict(Track.objects.values_list("title", "visibility"))
    assert found == {"No. 0": "private", "No. 1": "private", "Known": "public"}
    assert client.get(release.get_absolute_url()).status_code == 404
    do_jobs()
    release.refresh_from_db()
    assert (release.published_at, release.release_at) == (None, None)


def test_taking_it_back_keeps_open_what_is_not_named() -> None:
    release = planned(hours=-1)
    close = {Track.objects.get(title="No. 0").pk, Track.objects.get(title="Known").pk}
    publishing.withdraw(release=release, visibility="unlisted", close=close, by=release.owner)
    found = dict(Track.objects.values_list("title", "visibility"))
    assert found == {"No. 0": "private", "No. 1": "public", "Known": "public"}


def test_what_is_added_before_the_hour_opens_with_it_and_what_is_taken_out_does_not() -> None:
    release = planned()
    late: Any = ReadyTrackFactory(owner=release.owner, title="Late")
    item = collections.add(collection=release, track=late)
    late.refresh_from_db()
    assert (late.visibility, late.release_at) == ("public", release.release_at)
    ordering.remove(release=release, item_id=item.pk, by=release.owner)
    late.refresh_from_db()
    assert (late.visibility, late.release_at) == ("private", None)
    keys = list(release.items.filter(track__title="Known").values_list("track_id", flat=True))
    ordering.put(release=release, places=[(key, 1) for key in keys], by=release.owner)
    assert set(Track.objects.exclude(title="Known").values_list("visibility", flat=True)) == {
        "private"
    }


def test_unlisted_pieces_stay_unlisted() -> None:
    release, (first, _) = filled(2, private=True, visibility="private")
    Track.objects.filter(pk=first.pk).update(visibility="unlisted")
    publishing.publish(release=release, by=release.owner)
    assert set(Track.objects.values_list("visibility", flat=True)) == {"unlisted", "public"}


def test_the_page_says_what_becomes_of_each_piece_and_it_does(client: Client) -> None:
    release, (_first, second, third) = filled(3, private=True, visibility="private")
    Track.objects.filter(pk=second.pk).update(visibility="unlisted")
    hour = timezone.now() + timedelta(days=9)
    Track.objects.filter(pk=third.pk).update(visibility="public", release_at=hour)
    known: Any = PublicTrackFactory(owner=release.owner, title="Known")
    collections.add(collection=release, track=known)
    client.force_login(release.owner)
    page = client.get(f"/releases/{release.slug}/edit/").text
    said = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in LI.findall(part(page))]
    assert said == [
        "1 track becomes public with it: No. 0.",
        "1 track stays unlisted: whoever has its link hears it, and the release does not show it:"
        " No. 1.",
        "1 track comes out at an hour of its own: No. 2.",
        "1 track is public already.",
    ]
    answer = client.post(
        f"/releases/{release.slug}/publish/", {"when": "now", "seen": mark_in(page)}, follow=True
    )
    assert "1 track opened with it. 1 track stayed unlisted." in answer.text
    rows = Track.objects.order_by("title").values_list("title", "visibility", "release_at")
    assert list(rows) == [
        ("Known", "public", None),
        ("No. 0", "public", None),
        ("No. 1", "unlisted", None),
        ("No. 2", "public", hour),
    ]
    shown = Client().get(release.get_absolute_url()).text
    assert [title in shown for title in ("No. 0", "No. 1", "No. 2", "Known")] == [
        *(True, False, False, True)
    ]


def test_nothing_opens_that_was_not_said(client: Client) -> None:
    release, _ = filled(1, private=True, visibility="private")
    client.force_login(release.owner)
    mark = mark_in(client.get(f"/releases/{release.slug}/edit/").text)
    late: Any = ReadyTrackFactory(owner=release.owner, title="Late")
    collections.add(collection=release, track=late)
    address, said = f"/releases/{release.slug}/publish/", {"when": "now", "seen": mark}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "Its tracks have changed since" in refused.text
    assert set(Track.objects.values_list("visibility", flat=True)) == {"private"}
    assert "2 tracks become public with it" in part(refused.text)
    client.post(address, said | {"seen": mark_in(refused.text)})
    assert set(Track.objects.values_list("visibility", flat=True)) == {"public"}


def test_what_waits_with_the_release_is_said_to_open_with_it(client: Client) -> None:
    release = planned()
    client.force_login(release.owner)
    page = part(client.get(f"/releases/{release.slug}/edit/").text)
    assert "2 tracks become public with it" in page
    assert "1 track is public already" in page


def part(page: str) -> str:
    return page.partition('id="fates"')[2].partition("</div>")[0]


def mark_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_refusals_have_their_sentence() -> None:
    empty: Any = ReleaseFactory(visibility="private")
    with pytest.raises(Problem, match="nothing on this release"):
        publishing.publish(release=empty, by=empty.owner)
    out, _ = filled(1, published_at=timezone.now())
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Problem, match="out already"):
        publishing.schedule_at(release=out, moment=later, by=out.owner)


def test_the_form_says_an_hour_in_a_place(client: Client) -> None:
    release, _ = filled(1, private=True, visibility="private")
    client.force_login(release.owner)
    address = f"/releases/{release.slug}/publish/"
    local = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT12:00")
    said = {"when": "later", "local": local, "time_zone": "Asia/Tokyo"}
    page = client.post(address, said, follow=True)
    assert "It comes out on" in page.text
    release.refresh_from_db()
    assert release.release_at
    assert (release.release_at.hour, release.time_zone) == (3, "Asia/Tokyo")
    assert "at 12:00 (Asia/Tokyo)" in page.text
    assert f'value="{local}"' in page.text
    countdown = Client().get(release.get_absolute_url()).text
    assert ', 12:00 <span class="soft">Asia/Tokyo</span>' in countdown
    for wrong in (
        {"local": "x"},
        {"local": ""},
        {"time_zone": "Mars"},
        {"local": "2020-01-01T10:00"},
    ):
        answer = client.post(address, said | wrong)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    answer = client.post(address, {"when": "private"}, follow=True)
    assert "It is private." in answer.text
    assert Track.objects.get().visibility == "private"
    assert client.post(address, {"when": "nonsense"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_the_kept_countdown_turns_by_itself(client: Client, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    release = planned(hours=1.5 / 3600)
    first = client.get(release.get_absolute_url())
    assert "<count-down" in first.text
    assert client.get(release.get_absolute_url()).content == first.content
    deadline = time.monotonic() + 5
    while "<count-down" in client.get(release.get_absolute_url()).text:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert timezone.now() >= release.release_at
    assert "No. 0" in client.get(release.get_absolute_url()).text
