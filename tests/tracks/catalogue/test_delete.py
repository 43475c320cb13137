"""Deleting a track: rows, signatures and files, whatever interrupts it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media_pipeline.assets.services import removal
from media_pipeline.models import Asset, AudioFacts, Job, Media, Removal
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, TrackFactory, add_version
from tracks.catalogue.services import deletion
from tracks.models import Track, TrackVersion
from tracks.player import player_data


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    """Keep the files of each test apart."""
    media = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    media["OPTIONS"] = {"location": str(tmp_path)}  # type: ignore[assignment]
    settings.STORAGES = settings.STORAGES | {"default": media}


def fill(asset: Asset) -> None:
    """Store something under every key that the machine would use."""
    keys = [asset.key, f"transcodes/{asset.pk}/a1/opus/segment_000.m4s"]
    keys += [f"transcodes/{asset.pk}/a0/master.m3u8", f"waveforms/{asset.pk}.json"]
    keys += [f"waveforms/{asset.pk}.png", f"waveforms/{asset.pk}-spectrum.png"]
    keys += [f"images/artwork_{asset.pk}_{size}.jpg" for size in ("full", "thumb")]
    for key in keys:
        get_storage().write(key, b"x", content_type="application/octet-stream")


def stored() -> list[str]:
    """Return what the storage holds."""
    return list(get_storage().list(""))


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left(client: Client) -> None:
    track = PublicTrackFactory()
    version = track.primary_version
    fill(version.media.asset)
    song = player_data(version)["hls_url"]
    client.force_login(track.owner)
    url = reverse("track-delete", args=[track.slug])
    assert client.get(url).status_code == 200
    assert Track.objects.exists()
    assert client.post(url)["Location"] == reverse("my-uploads")
    assert client.get(song).status_code in {403, 404}
    assert client.get(track.get_absolute_url()).status_code == 404
    assert stored() != []
    deletion.remove(track=track, by=track.owner)
    for model in (Track, TrackVersion, Media, Asset, AudioFacts):
        assert not model._default_manager.exists(), model
    assert not Job.objects.exclude(asset=None).exists()
    assert stored() == []
    assert client.get(song).status_code in {403, 404}
    assert client.get(track.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_every_version_goes_and_other_tracks_stay() -> None:
    track, other = ReadyTrackFactory(), ReadyTrackFactory()
    second = add_version(track, AssetFactory(owner=track.owner))
    for asset in (track.versions.get(number=1).media.asset, second.media.asset):
        fill(asset)
    kept = other.primary_version.media.asset
    fill(kept)
    deletion.remove(track=track, by=track.owner)
    assert Asset.objects.get() == kept
    assert all(str(kept.pk) in key for key in stored())


@pytest.mark.django_db(transaction=True)
def test_bytes_that_another_asset_shares_stay_until_the_last_goes() -> None:
    first = TrackFactory()
    asset = first.primary_version.media.asset
    fill(asset)
    second = TrackFactory(version=AssetFactory(key=asset.key))
    deletion.remove(track=first, by=first.owner)
    assert stored() == [asset.key]
    deletion.remove(track=second, by=second.owner)
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_an_asset_that_two_versions_play_stays_for_the_other() -> None:
    track = ReadyTrackFactory()
    asset = track.primary_version.media.asset
    fill(asset)
    other = TrackFactory(version=asset)
    deletion.remove(track=track, by=track.owner)
    assert Asset.objects.get() == asset
    assert Media.objects.get() == other.primary_version.media
    assert asset.key in stored()


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_commit_the_sweep_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    track = ReadyTrackFactory()
    fill(track.primary_version.media.asset)
    with monkeypatch.context() as patch:
        patch.setattr(removal, "carry_out", lambda _removal: False)  # as if killed right there
        deletion.remove(track=track, by=track.owner)
    assert stored() != []
    assert removal.sweep_removals() == 0  # too early: a worker may still be writing
    Removal.objects.update(created_at=timezone.now() - removal.LAST_WRITE_AFTER)
    assert removal.sweep_removals() == 1
    assert stored() == []
    assert not Removal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_late_worker_writes_goes_too() -> None:
    track = ReadyTrackFactory()
    asset = track.primary_version.media.asset
    deletion.remove(track=track, by=track.owner)
    fill(asset)
    Removal.objects.update(created_at=timezone.now() - removal.LAST_WRITE_AFTER)
    removal.sweep_removals()
    assert stored() == []


@pytest.mark.django_db
def test_a_deletion_that_is_rolled_back_removes_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    track = ReadyTrackFactory()
    fill(track.primary_version.media.asset)
    before = stored()
    monkeypatch.setattr(deletion, "remove_media", lambda _media: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deletion.remove(track=track, by=track.owner)
    assert Track.objects.exists()
    assert stored() == before


@pytest.mark.django_db
def test_only_the_owner_deletes(client: Client) -> None:
    track = PublicTrackFactory()
    url = reverse("track-delete", args=[track.slug])
    assert client.post(url)["Location"].startswith("/accounts/login/")
    for person in (UserFactory(), StaffFactory()):
        client.force_login(person)
        assert client.post(url).status_code == 404
    assert Track.objects.exists()


@pytest.mark.django_db
def test_a_form_without_its_token_deletes_nothing() -> None:
    track = PublicTrackFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(track.owner)
    assert client.post(reverse("track-delete", args=[track.slug])).status_code == 403
    assert Track.objects.exists()
