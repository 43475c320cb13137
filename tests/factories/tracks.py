"""Tracks, from the bare upload to the published piece."""

from typing import Any

import factory
from django.utils import timezone

from media_pipeline.models import Asset
from tests.factories.media_pipeline import AssetFactory, MediaFactory, finish
from tests.factories.social import UserFactory
from tracks.models import Playlist, Release, Track, TrackVersion


class TrackFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A private track with one version that nothing has been done to yet."""

    class Meta:
        model = Track
        skip_postgeneration_save = True

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Song {n}")
    slug = factory.Sequence(lambda n: f"song-{n}")

    @factory.post_generation
    def version(self: Track, create: bool, extracted: Any, **_rest: Any) -> None:  # type: ignore[misc]
        """Add the first version, of `extracted` (an Asset) when one is given."""
        asset = extracted if isinstance(extracted, Asset) else AssetFactory(owner=self.owner)
        add_version(self, asset)


class ReadyTrackFactory(TrackFactory):
    """A private track that has been processed to the end."""

    @factory.post_generation
    def processed(self: Track, create: bool, extracted: Any, **_rest: Any) -> None:  # type: ignore[misc]
        """Run the asset's rows to the end."""
        assert self.primary_version is not None
        finish(self.primary_version.media.asset)
        TrackVersion.objects.filter(track=self).update(status=TrackVersion.Status.READY)
        self.primary_version.refresh_from_db()


class PublicTrackFactory(ReadyTrackFactory):
    """A published track."""

    visibility = Track.Visibility.PUBLIC
    published_at = factory.LazyFunction(timezone.now)


class UnlistedTrackFactory(ReadyTrackFactory):
    """A finished track that only its link opens."""

    visibility = Track.Visibility.UNLISTED


class ReleaseFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A public album without tracks."""

    class Meta:
        model = Release

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Album {n}")
    slug = factory.Sequence(lambda n: f"album-{n}")
    visibility = Release.Visibility.PUBLIC


class PlaylistFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A public playlist without tracks."""

    class Meta:
        model = Playlist

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Playlist {n}")
    slug = factory.Sequence(lambda n: f"playlist-{n}")
    visibility = Playlist.Visibility.PUBLIC


def add_version(track: Track, asset: Asset | None = None) -> TrackVersion:
    """Add a version and make it the primary one."""
    media = MediaFactory(asset=asset or AssetFactory(owner=track.owner))
    version = TrackVersion.objects.create(
        track=track, media=media, number=track.versions.count() + 1, created_by=track.owner
    )
    track.primary_version = version
    track.save(update_fields=["primary_version"])
    return version
