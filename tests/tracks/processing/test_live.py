"""Watching a version being made: the socket, who may open it, and the poll in its place."""

import asyncio
import time

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from config.lib import live, sockets
from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from media_pipeline.processing.services.progress import Progress
from media_pipeline.processing.services.publishing import publish_start
from tests.factories.media_pipeline import FailedJobFactory, JobFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.sockets import ELSEWHERE, drive, signed_in, socket
from tracks.models import Track, TrackVersion
from tracks.processing.services import settle_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]


@pytest.fixture
def version() -> TrackVersion:
    """A version of a private track that is being made."""
    track = TrackFactory.create()
    assert track.primary_version is not None
    asset = track.primary_version.media.asset
    lease = jobs.claim(JobFactory.create(asset=asset).pk)
    assert lease is not None
    Progress(lease).stage("encoding", 10)
    versions = TrackVersion.objects.select_related("track__owner", "media__asset")
    return versions.get(pk=track.primary_version.pk)


def path(version: TrackVersion, query: str = "") -> str:
    return f"/ws/versions/{version.pk}/{query}"


def test_the_owner_sees_a_snapshot_and_then_every_change(version: TrackVersion) -> None:
    client = signed_in(version.track.owner)

    async def story() -> None:
        watching = socket(path(version), client)
        accepted, _ = await watching.connect()
        assert accepted
        first = await watching.receive_from()
        assert f'id="job-{version.pk}"' in first
        assert 'value="10"' in first
        await sync_to_async(Job.objects.update)(progress=55, seconds_left=7)
        await sync_to_async(live.announce)(f"asset-{version.media.asset_id}", "asset.changed")
        second = await watching.receive_from(timeout=3)
        assert 'value="55"' in second
        assert "7" in second
        await watching.disconnect()

    drive(story)


def test_many_changes_are_told_at_most_twice_a_second_and_the_last_one_always(
    version: TrackVersion,
) -> None:
    client, group = signed_in(version.track.owner), f"asset-{version.media.asset_id}"

    async def story() -> None:
        watching = socket(path(version), client)
        await watching.connect()
        heard, begun = [await watching.receive_from()], time.monotonic()
        for percent in range(11, 41):
            await sync_to_async(Job.objects.update)(progress=percent)
            await sync_to_async(live.announce)(group, "asset.changed")
            await asyncio.sleep(0.04)
        while not await watching.receive_nothing(timeout=0.8):
            heard.append(await watching.receive_from())
        assert 'value="40"' in heard[-1]
        # Two for each second of changes and pauses, the snapshot, and one on its way.
        assert len(heard) <= 2 * (time.monotonic() - begun) + 2
        await watching.disconnect()

    drive(story)


def test_what_no_announcement_told_is_told_by_the_next_look(
    version: TrackVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "RECHECK_S", 0.3)
    client = signed_in(version.track.owner)

    async def story() -> None:
        watching = socket(path(version), client)
        await watching.connect()
        await watching.receive_from()
        assert await watching.receive_nothing(timeout=0.8), "what is known is told once"
        await sync_to_async(Job.objects.update)(progress=55)
        assert 'value="55"' in await watching.receive_from(timeout=3)
        await watching.disconnect()

    drive(story)


def test_a_finished_job_says_its_last_word_and_hangs_up() -> None:
    track = PublicTrackFactory.create()
    assert track.primary_version is not None
    version = track.primary_version

    async def story() -> None:
        watching = socket(path(version))
        assert (await watching.connect())[0]
        assert "Ready" in await watching.receive_from()
        assert await watching.receive_output() == {"type": "websocket.close", "code": 1000}

    drive(story)


def test_strangers_are_refused(version: TrackVersion) -> None:
    stranger = signed_in(UserFactory.create())

    async def story() -> None:
        assert not (await socket(path(version)).connect())[0]
        assert not (await socket(path(version), stranger).connect())[0]
        token = f"?token={version.track.token}"
        assert not (await socket(path(version, token)).connect())[0], "the track is private"

    drive(story)


def test_other_sites_are_refused(version: TrackVersion) -> None:
    client = signed_in(version.track.owner)

    async def story() -> None:
        foreign = socket(path(version), client, ELSEWHERE)
        assert not (await foreign.connect())[0]

    drive(story)


def test_the_key_of_an_unlisted_track_opens_its_socket(version: TrackVersion) -> None:
    Track.objects.update(visibility="unlisted")

    async def story() -> None:
        assert not (await socket(path(version)).connect())[0]
        assert not (await socket(path(version, "?token=wrong")).connect())[0]
        held = socket(path(version, f"?token={version.track.token}"))
        assert (await held.connect())[0]
        await held.disconnect()

    drive(story)


def test_the_page_of_an_unlisted_track_hands_its_key_on(
    version: TrackVersion, client: Client
) -> None:
    Track.objects.update(visibility="unlisted")
    page = client.get(f"/t/{version.track.token}/").text
    assert f"/ws/versions/{version.pk}/?token={version.track.token}" in page
    assert f"/versions/{version.pk}/job/?token={version.track.token}" in page


def test_whoever_may_no_longer_listen_is_cut_off(version: TrackVersion) -> None:
    Track.objects.update(visibility="public")

    async def story() -> None:
        watching = socket(path(version))
        assert (await watching.connect())[0]
        await watching.receive_from()
        await sync_to_async(Track.objects.update)(visibility="private")
        await sync_to_async(live.announce)(f"asset-{version.media.asset_id}", "asset.changed")
        assert (await watching.receive_output(timeout=3))["code"] == 4404

    drive(story)


def test_the_poll_tells_the_same(version: TrackVersion, client: Client) -> None:
    address = f"/versions/{version.pk}/job/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?token={version.track.token}").status_code == 404
    client.force_login(version.track.owner)
    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert 'value="10"' in response.text


def test_a_worker_tells_its_progress(version: TrackVersion) -> None:
    client = signed_in(version.track.owner)

    async def story() -> None:
        watching = socket(path(version), client)
        await watching.connect()
        await watching.receive_from()
        lease = await sync_to_async(_lease_of)(version)
        await sync_to_async(Progress(lease).stage)("finishing", 95)
        assert 'value="95"' in await watching.receive_from(timeout=3)
        await watching.disconnect()

    drive(story)


def _lease_of(version: TrackVersion) -> Lease:
    job = Job.objects.select_related("asset").get(asset=version.media.asset_id)
    assert job.lease_token
    return Lease(job, job.lease_token)


def test_the_button_tries_again(client: Client) -> None:
    job = FailedJobFactory.create()
    address = f"/jobs/{job.pk}/retry/"
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    client.force_login(UserFactory.create())
    assert client.post(address).status_code == 404
    job.refresh_from_db()
    assert job.state == "failed"
    client.force_login(job.asset.owner)
    page = "http://testserver/tracks/song/"
    assert client.post(address, headers={"referer": page}).headers["Location"] == page
    job.refresh_from_db()
    assert job.state == "pending"
    assert (
        client.post(address, headers={"referer": "https://elsewhere.example/"}).headers["Location"]
        == "/my/uploads/"
    )


def test_a_version_follows_its_job_even_when_no_signal_came(version: TrackVersion) -> None:
    def status() -> str:
        version.refresh_from_db()
        return version.status

    settle_all()
    assert status() == "processing"
    for state, expected in [("failed", "failed"), ("pending", "pending")]:
        Job.objects.update(state=state, lease_token=None)
        settle_all()
        assert status() == expected


def test_a_piece_without_an_end_leaves_the_lists(version: TrackVersion) -> None:
    Track.objects.update(visibility="public")
    lease, asset = _lease_of(version), version.media.asset
    publish_start(lease)
    assert Track.objects.published().get() == version.track
    ending.fail(lease, "too-long", "This piece is longer than 12 hours.")
    asset.refresh_from_db()
    assert asset.playable_at is None
    assert not Track.objects.published().exists()
