"""Tracks that sound as a test wants them to, and the places that real recordings have."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from media_pipeline.models import Asset, Descriptor, Media
from media_pipeline.steps.descriptor import SIZE, VERSION
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track, TrackVersion

Vector = NDArray[np.float64]
_PLACES = Path(__file__).parents[2] / "media_pipeline" / "steps" / "descriptors.json"
PLACES: dict[str, Vector] = {
    name: np.array(numbers) for name, numbers in json.loads(_PLACES.read_text()).items()
}


def at(degrees: float, *, off: float = 0.0) -> Vector:
    """Return a place so many degrees along one great circle, and `off` it by so many."""
    turn, away = np.radians(degrees), np.radians(off)
    vector = np.zeros(SIZE)
    vector[:3] = np.cos(turn) * np.cos(away), np.sin(turn) * np.cos(away), np.sin(away)
    return vector


def sounding(place: Vector | None, factory: Any = PublicTrackFactory, **words: Any) -> Track:
    """Return a track whose primary version sounds like this; None: there is nothing to hear."""
    track: Track = factory.create(**words)
    describe(track, place)
    return track


def describe(track: Track, place: Vector | None) -> None:
    """Say how a track sounds."""
    assert track.primary_version
    vector = None if place is None else place.tolist()
    asset = track.primary_version.media.asset
    Descriptor.objects.create(asset=asset, vector=vector, version=VERSION)


def many(count: int, **words: Any) -> None:
    """Have many tracks near the place at 0 degrees: rows, private unless said otherwise."""
    owner, now = UserFactory.create(), timezone.now()
    noise = np.random.default_rng(1).normal(0, 0.01, (count, SIZE))
    sized = {"size_bytes": 1, "playable_at": now, "owner": owner}
    assets = Asset.objects.bulk_create(Asset(key=f"many/{n}", **sized) for n in range(count))
    media = Media.objects.bulk_create(Media(asset=asset) for asset in assets)
    tracks = Track.objects.bulk_create(
        Track(owner=owner, title="Many", slug=f"many-{n}", **words) for n in range(count)
    )
    versions = TrackVersion.objects.bulk_create(
        TrackVersion(track=track, media=one, number=1, created_by=owner)
        for track, one in zip(tracks, media, strict=True)
    )
    for track, version in zip(tracks, versions, strict=True):
        track.primary_version = version
    Track.objects.bulk_update(tracks, ["primary_version"])
    Descriptor.objects.bulk_create(
        Descriptor(asset=asset, vector=(at(0) + one).tolist(), version=VERSION)
        for asset, one in zip(assets, noise, strict=True)
    )
