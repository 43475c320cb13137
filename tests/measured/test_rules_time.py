"""Rules are asked at every visit of a smart playlist: on a large site, too, in little time."""

import random
import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from media_pipeline.models import Asset, AudioFacts, Media
from tests.depth import depth
from tests.factories.social import UserFactory
from tracks.criteria.language import read
from tracks.criteria.selectors import keys_of
from tracks.models import Stem, Track, TrackVersion

pytestmark = pytest.mark.django_db
SOUND: Any = {"container": "wav", "sample_rate": 44_100, "channels": 2}
MOST_S = 0.25  # for one list; it takes 10 to 40 ms at rest
FIELDS = {
    "bpm": ("least", "120"),
    "key": ("fits", "8A"),
    "year": ("is", str(timezone.now().year)),
    "duration": ("least", "4:00"),
    "owner": ("not", "ada"),
    "stems": ("is", "yes"),
    "added": ("least", "30"),
    "words": ("is", "river"),
    "licence": ("not", "cc0-1.0"),
}


def fill(count: int) -> Any:
    """Put so many public pieces in; return one who owns some."""
    dice, now = random.Random(5), timezone.now()
    people = UserFactory.create_batch(20)
    assets = Asset.objects.bulk_create(
        Asset(owner=dice.choice(people), key=f"o/{n}", filename="a.wav", size_bytes=1)
        for n in range(count)
    )
    AudioFacts.objects.bulk_create(
        AudioFacts(asset=asset, duration_ms=dice.randrange(60_000, 400_000), **SOUND)
        for asset in assets
    )
    media = Media.objects.bulk_create(Media(asset=asset) for asset in assets)
    keys = ["", *["C", "G", "D", "A", "E", "B", "F", "Am", "Em", "Dm"]]
    tracks = Track.objects.bulk_create(
        Track(
            owner=asset.owner,
            slug=f"t-{n}",
            title=f"{dice.choice(['River', 'Stone', 'Night'])} {n}",
            visibility=dice.choice(["public", "public", "public", "private"]),
            published_at=now - timedelta(days=dice.randrange(1000)),
            bpm=dice.choice([None, dice.randrange(60, 180)]),
            music_key=dice.choice(keys),
        )
        for n, asset in enumerate(assets)
    )
    versions = TrackVersion.objects.bulk_create(
        TrackVersion(track=track, media=one, number=1, created_by=track.owner)
        for track, one in zip(tracks, media, strict=True)
    )
    for track, version in zip(tracks, versions, strict=True):
        track.primary_version = version
    Track.objects.bulk_update(tracks, ["primary_version"], batch_size=2000)
    stems = Media.objects.bulk_create(Media(asset=asset) for asset in assets[: count // 10])
    Stem.objects.bulk_create(
        Stem(version=version, media=one, created_by_id=version.created_by_id)
        for version, one in zip(versions, stems, strict=False)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people[0]


@pytest.mark.long("a site of many pieces is made first")
def test_every_rule_is_answered_soon() -> None:
    person = fill(depth(some=4_000, all_of_them=20_000))
    rules = [{"field": name, "operator": op, "value": v} for name, (op, v) in FIELDS.items()]
    asked: list[Any] = [{"rules": [rule], "limit": 500} for rule in rules]
    asked += [{"rules": rules, "match": match, "limit": 500} for match in ("any", "all")]
    asked += [{"rules": rules[:1], "sort": sort} for sort in ("title", "fastest")]
    for raw in asked:
        criteria = read(raw)
        for viewer in (AnonymousUser(), person):
            begun = time.perf_counter()
            keys_of(criteria, viewer)
            took = time.perf_counter() - begun
            assert took < MOST_S, (raw, took)
