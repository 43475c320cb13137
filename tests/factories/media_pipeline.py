"""Assets and what the machine makes of them, as rows; the bytes only where a test asks for them."""

from datetime import timedelta

import factory
from django.utils import timezone

from config.lib.ids import uuid7
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.models import (
    Artwork,
    Asset,
    AudioFacts,
    Fingerprint,
    Job,
    Media,
    Rendition,
    Upload,
    Waveform,
)
from tests.factories.social import UserFactory

MIB = 1024 * 1024
OVERVIEW = [value for n in range(1000) for value in (-(n % 100), n % 100)]


class AssetFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """An original that has just arrived: nothing is known of it."""

    class Meta:
        model = Asset

    id = factory.LazyFunction(uuid7)
    owner = factory.SubFactory(UserFactory)
    key = factory.LazyAttribute(lambda o: f"originals/{o.id}.wav")
    filename = "song.wav"
    size_bytes = 1_000_000


class MediaFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """The opaque name of an asset."""

    class Meta:
        model = Media

    asset = factory.SubFactory(AssetFactory)


class JobFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A job that waits."""

    class Meta:
        model = Job

    kind = Job.Kind.PROCESS
    queue = factory.LazyAttribute(lambda o: KINDS[o.kind].queue)
    asset = factory.SubFactory(AssetFactory)
    dedupe_key = factory.LazyAttribute(lambda o: f"{o.kind}:{o.asset.pk}")


class FailedJobFactory(JobFactory):
    """A job that ended badly, with its reason."""

    state = Job.State.FAILED
    error_code = "not-audio"
    error = "This file is not a kind of audio that Nexus can read."
    stderr_tail = "Invalid data found when processing input"
    finished_at = factory.LazyFunction(timezone.now)


class UploadFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A file on its way in."""

    class Meta:
        model = Upload

    owner = factory.SubFactory(UserFactory)
    filename = "half.wav"
    size = 20 * MIB
    part_size = 8 * MIB
    part_count = 3
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


def finish(asset: Asset, *, duration_ms: int = 222_000) -> Asset:
    """Give the asset every row that a whole successful pass leaves behind."""
    now = timezone.now()
    asset.attempt = asset.extras_attempt = "a1"
    asset.playable_at = asset.ready_at = now
    asset.save()
    AudioFacts.objects.create(
        asset=asset,
        measured=True,
        duration_ms=duration_ms,
        sample_rate=44_100,
        channels=2,
        bit_depth=16,
        bitrate=1_411_200,
        container="wav",
        codec="pcm_s16le",
        loudness_lufs=-14.2,
        true_peak_dbtp=-1.0,
        lra=6.0,
    )
    Waveform.objects.create(
        asset=asset,
        json_key=f"waveforms/{asset.pk}.json",
        png_key=f"waveforms/{asset.pk}.png",
        spectral_key=f"waveforms/{asset.pk}-spectrum.png",
        overview=OVERVIEW,
    )
    Artwork.objects.create(
        asset=asset,
        full_key=f"images/artwork_{asset.pk}_full.jpg",
        thumb_key=f"images/artwork_{asset.pk}_thumb.jpg",
        origin=Artwork.Origin.DRAWN,
        accent="b4552d",
    )
    Fingerprint.objects.create(asset=asset)
    for kind, codec, path in RENDITIONS:
        Rendition.objects.create(
            asset=asset,
            format=kind,
            attempt="a1",
            path=path,
            codec=codec,
            bitrate=160_000,
            size_bytes=1_000_000,
            status=Rendition.Status.READY,
        )
    JobFactory.create(
        asset=asset, state=Job.State.SUCCEEDED, progress=100, started_at=now, finished_at=now
    )
    return asset


RENDITIONS = [
    (Rendition.Format.HLS_OPUS, "opus", "opus/playlist.m3u8"),
    (Rendition.Format.HLS_OPUS64, "opus", "opus64/playlist.m3u8"),
    (Rendition.Format.HLS_AAC, "aac", "aac/playlist.m3u8"),
    (Rendition.Format.HLS_FLAC, "flac", "flac/playlist.m3u8"),
    (Rendition.Format.HLS_ALAC, "alac", "alac/playlist.m3u8"),
    (Rendition.Format.MP3_320, "mp3", "mp3_320.mp3"),
]
