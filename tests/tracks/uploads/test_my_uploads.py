"""My uploads: everything sent, with its state."""

from typing import Any

import pytest
from django.test import Client

from media_pipeline.models import Upload
from tests.factories.media_pipeline import FailedJobFactory, JobFactory, UploadFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, TrackFactory

pytestmark = pytest.mark.django_db
URL = "/my/uploads/"


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_shows_only_what_is_mine_newest_first(client: Client) -> None:
    artist = UserFactory()
    old, new = TrackFactory(owner=artist), ReadyTrackFactory(owner=artist)
    PublicTrackFactory()
    client.force_login(artist)
    assert [v.track for v in client.get(URL).context["versions"]] == [new, old]


def test_tells_the_reason_and_offers_another_try(client: Client) -> None:
    track = TrackFactory()
    job = FailedJobFactory(asset=track.primary_version.media.asset)
    client.force_login(track.owner)
    html = client.get(URL).content.decode()
    assert job.error in html
    assert f"/{job.pk}/" in html


def test_the_newest_job_counts(client: Client) -> None:
    track = TrackFactory()
    asset = track.primary_version.media.asset
    FailedJobFactory(asset=asset)
    newest = JobFactory(asset=asset)
    client.force_login(track.owner)
    assert client.get(URL).context["versions"][0].job == newest


def test_unfinished_uploads_are_listed_until_they_end(client: Client) -> None:
    artist = UserFactory()
    half = UploadFactory(owner=artist, filename="take <1>.wav")
    UploadFactory(owner=artist, state=Upload.State.ABORTED)
    UploadFactory()
    client.force_login(artist)
    page = client.get(URL)
    assert page.context["open_uploads"] == [half]


def test_pages_follow_one_another(client: Client) -> None:
    artist = UserFactory()
    TrackFactory.create_batch(25, owner=artist)
    client.force_login(artist)
    first = client.get(URL).context
    second = client.get(URL + first["next_url"]).context
    assert (len(first["versions"]), len(second["versions"])) == (24, 1)
    assert client.get(URL + "?before=nonsense").status_code == 404


def test_queries_do_not_grow_with_the_list(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    artist = UserFactory()
    client.force_login(artist)
    ReadyTrackFactory(owner=artist)
    client.get(URL)
    with django_assert_max_num_queries(6) as few:
        client.get(URL)
    ReadyTrackFactory.create_batch(5, owner=artist)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(URL)


def test_an_unfinished_upload_can_be_given_up_by_its_owner_alone(client: Client) -> None:
    half = UploadFactory()
    url = f"{URL}{half.pk}/abort/"
    client.force_login(UserFactory())
    assert client.post(url).status_code == 404
    client.force_login(half.owner)
    assert client.get(url).status_code == 405
    assert client.post(url)["Location"] == URL
    half.refresh_from_db()
    assert half.state == Upload.State.ABORTED


def test_a_complete_upload_is_not_given_up(client: Client) -> None:
    done = UploadFactory(state=Upload.State.COMPLETED)
    client.force_login(done.owner)
    page = client.post(f"{URL}{done.pk}/abort/", follow=True)
    assert "complete" in page.content.decode()
    done.refresh_from_db()
    assert done.state == Upload.State.COMPLETED
