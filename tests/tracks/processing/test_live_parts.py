"""Watching the stems of a version, and the picture of a track, being made."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async

from config.lib import live
from media_pipeline.models import Asset, Job
from tests.factories.media_pipeline import AssetFactory, JobFactory, MediaFactory, finish
from tests.factories.social import UserFactory
from tests.factories.stems import StemFactory, ready_stem
from tests.factories.tracks import PublicTrackFactory
from tests.sockets import drive, signed_in, socket
from tracks.models import Stem, Track, TrackVersion, TrackVisual

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]


def stem_being_made(version: TrackVersion) -> Stem:
    asset = AssetFactory.create(owner=version.track.owner)
    JobFactory.create(asset=asset)
    stem: Stem = StemFactory.create(version=version, media=MediaFactory(asset=asset))
    return stem


def picture_being_made(track: Track) -> Asset:
    asset: Asset = AssetFactory.create(owner=track.owner)
    JobFactory.create(asset=asset, kind=Job.Kind.VISUAL)
    media = MediaFactory(asset=asset)
    TrackVisual.objects.create(track=track, media=media, created_by=track.owner)
    return asset


def end(asset_id: UUID) -> None:
    """Let the machine be done with this asset, and say so."""
    Job.objects.filter(asset=asset_id).update(state="succeeded")
    finish(Asset.objects.get(pk=asset_id))
    live.announce(f"asset-{asset_id}", "asset.changed")


@pytest.fixture
def version() -> TrackVersion:
    """A version of a public piece."""
    found = PublicTrackFactory.create().primary_version
    assert isinstance(found, TrackVersion)
    return found


async def said(watching: Any) -> Any:
    return json.loads(await watching.receive_from(timeout=3))


def test_the_mixer_hears_of_every_stem_until_none_is_left(version: TrackVersion) -> None:
    ready_stem(version)
    failed = stem_being_made(version)
    Job.objects.update(state="failed")
    assets = [stem_being_made(version).media.asset_id for _ in range(2)]
    assert failed.media.asset_id not in assets

    async def story() -> None:
        watching = socket(f"/ws/versions/{version.pk}/stems/")
        assert (await watching.connect())[0]
        assert await said(watching) == {"preparing": 2}
        await sync_to_async(end)(assets[0])
        assert await said(watching) == {"preparing": 1}
        await sync_to_async(end)(assets[1])
        assert await said(watching) == {"preparing": 0}
        assert await watching.receive_output() == {"type": "websocket.close", "code": 1000}

    drive(story)


def test_nobody_hears_of_stems_they_may_not_hear(version: TrackVersion) -> None:
    stem = stem_being_made(version)
    path = f"/ws/versions/{version.pk}/stems/"

    async def story() -> None:
        watching = socket(path)
        await watching.connect()
        await said(watching)
        await sync_to_async(Track.objects.update)(visibility="private")
        await sync_to_async(live.announce)(f"asset-{stem.media.asset_id}", "asset.changed")
        assert (await watching.receive_output(timeout=3))["code"] == 4404
        assert not (await socket(path).connect())[0]

    drive(story)


def test_the_owner_alone_hears_of_a_picture(version: TrackVersion) -> None:
    track, asset = version.track, picture_being_made(version.track)
    path, owner = f"/ws/visuals/{track.pk}/", signed_in(track.owner)
    stranger = signed_in(UserFactory.create())

    async def story() -> None:
        assert not (await socket(path).connect())[0]
        assert not (await socket(path, stranger).connect())[0]
        watching = socket(path, owner)
        assert (await watching.connect())[0]
        assert (await said(watching))["state"] == "pending"
        await asyncio.sleep(0.5)
        await sync_to_async(Job.objects.update)(state="failed", error="It is no picture.")
        await sync_to_async(live.announce)(f"asset-{asset.pk}", "asset.changed")
        told = await said(watching)
        assert (told["state"], told["error"]) == ("failed", "It is no picture.")
        assert await watching.receive_output() == {"type": "websocket.close", "code": 1000}

    drive(story)


def test_a_picture_that_was_taken_away_ends_the_wait(version: TrackVersion) -> None:
    asset = picture_being_made(version.track)
    owner = signed_in(version.track.owner)

    async def story() -> None:
        watching = socket(f"/ws/visuals/{version.track_id}/", owner)
        await watching.connect()
        await said(watching)
        await sync_to_async(TrackVisual.objects.all().delete)()
        await sync_to_async(live.announce)(f"asset-{asset.pk}", "asset.changed")
        assert (await watching.receive_output(timeout=3))["code"] == 4404

    drive(story)
