"""Finding tracks by how they sound, always among what the viewer may open: keys and distances.

What cards and players need is read afterwards, for those that are shown.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value
from numpy.typing import NDArray
from pgvector import HalfVector
from pgvector.django import CosineDistance

from media_pipeline.models import Asset
from media_pipeline.steps.descriptor import VERSION
from tracks.access import User
from tracks.alike.rules import FOLDS, NEAR_TEMPO, Traits, are_harmonic, harmonic_with
from tracks.findable import findable
from tracks.models import Track
from tracks.models.track import TrackQuerySet

MOST = 48
STEPS, STEPS_MOST = 6, 12
SPARE = 8  # more than are wanted: the same bytes may stand in several tracks
HARMONY = 0.15  # of distance, by which a step that can be mixed is preferred
# Behind filters the walk through the index goes on, for so many of its rows and this much of
# work_mem at most; the order may be a little out, and is put right here. The six tables have to be
# joined in the order of the walk, which the planner finds where it may look at all of them at once.
WALK = {
    "join_collapse_limit": "8",
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.max_scan_tuples": "40000",
    "hnsw.scan_mem_multiplier": "4",
}
ASSET = "primary_version__media__asset"
COLUMNS = ("pk", f"{ASSET}__key", "bpm", "music_key")
VECTOR = 5  # its place behind these and the distance

Vector = NDArray[np.float64]


class Near(NamedTuple):
    """A track that was found: its file, what is known of it, and 1 − cosine where that is."""

    track: UUID
    file: str
    traits: Traits
    distance: float | None


class Seed(NamedTuple):
    """The track that others are looked for from; no vector where it was not described (yet)."""

    track: UUID
    file: str | None
    traits: Traits
    vector: Vector | None


def seed_of(track: Track) -> Seed:
    """Return what is known of a track that was found for its viewer. One query."""
    rows = Asset.objects.filter(media__version=track.primary_version_id)
    columns = ("key", "descriptor__version", "descriptor__vector")
    file, version, numbers = rows.values_list(*columns).first() or (None, None, None)
    is_known = version == VERSION and numbers is not None
    vector = np.array(numbers, np.float64) if is_known else None
    return Seed(track.pk, file, Traits(track.bpm, track.music_key), vector)


def similar(
    seed: Seed, viewer: User, *, count: int, but: Collection[UUID] = (), among: Q | None = None
) -> list[Near]:
    """Return the nearest tracks that this person may open, one of each file, nearest first.

    None of them is the seed, of its file, or among `but`. Empty where the seed has no vector.
    """
    if seed.vector is None:
        return []
    others = _others(viewer, seed).exclude(pk__in=but).filter(among or Q())
    rows = _walked(_nearest(others, seed.vector)[: count + SPARE])
    return _one_each(sorted(map(_near, rows), key=_distance))[:count]


def in_harmony(seed: Seed, viewer: User, *, count: int, but: Collection[UUID] = ()) -> list[Near]:
    """Return tracks that can be mixed with the seed: nearest first, or without vector, by tempo.

    Keys fit (Camelot) and tempi are within 6 %, half and double counting as the same.
    """
    among = harmonic_with(seed.traits)
    if among is None:
        return []
    if seed.vector is not None:
        return similar(seed, viewer, count=count, but=but, among=among)
    near = _others(viewer, seed).exclude(pk__in=but).filter(among)
    first, *rest = _by_tempo(near, seed.traits, count + SPARE)
    rows = sorted(first.union(*rest, all=True), key=lambda row: _tempo_order(row, seed.traits))
    return _one_each(_near((*row, None)) for row in rows)[:count]


def _by_tempo(tracks: TrackQuerySet, traits: Traits, most: int) -> list[QuerySet[Track, Any]]:
    """Return queries of the nearest tempi on both sides of the tempo, its half and its double.

    Each walks the index of tempi, and ends when it has so many.
    """
    queries = []
    for middle in (traits.bpm * fold for fold in FOLDS if traits.bpm):
        for side, order in (({"bpm__gte": middle}, "bpm"), ({"bpm__lt": middle}, "-bpm")):
            lowest, highest = middle * (1 - NEAR_TEMPO), middle * (1 + NEAR_TEMPO)
            near = tracks.filter(bpm__range=(lowest, highest), **side).order_by(order, "-pk")
            queries.append(near.values_list(*COLUMNS)[:most])
    return queries


def _tempo_order(row: tuple[Any, ...], traits: Traits) -> tuple[Any, int]:
    track, _, bpm, _ = row
    return abs(bpm - traits.bpm), -track.int


def path(start: Seed, end: Seed, viewer: User, *, steps: int) -> list[Near]:
    """Return up to `steps` tracks on the way from one sound to another, each of a file of its own.

    At places equally far apart the nearest track that is not used yet is taken; one that can be
    mixed with the one before is preferred. The end comes last. Distances are from the one before.
    """
    if start.vector is None or end.vector is None:
        return []
    others = _others(viewer, start, end)
    first, *rest = (
        _nearest(others, place).annotate(step=Value(step))[: steps + SPARE]
        for step, place in enumerate(between(start.vector, end.vector, steps))
    )
    found = _walked(first.union(*rest, all=True) if rest else first)
    taken: list[Near] = []
    before, place = start.traits, start.vector
    for step in range(steps):
        used = {one.file for one in taken}
        free = [row for row in found if row[-1] == step and _near(row).file not in used]
        if free:
            best = min(free, key=lambda row: _cost(_near(row), before))
            there = np.array(best[VECTOR], np.float64)
            taken.append(_near(best)._replace(distance=_apart(place, there)))
            before, place = taken[-1].traits, there
    return [*taken, Near(end.track, end.file or "", end.traits, _apart(place, end.vector))]


def between(one: Vector, other: Vector, steps: int) -> list[Vector]:
    """Return so many places between two of length 1, equally far apart on the great circle."""
    angle = float(np.arccos(np.clip(one @ other, -1, 1)))
    parts = [n / (steps + 1) for n in range(1, steps + 1)]
    if np.sin(angle) < 1e-3:  # the same place, or opposite ones, between which there is no one way
        return [one if part <= 0.5 else other for part in parts]
    return [np.sin((1 - part) * angle) * one + np.sin(part * angle) * other for part in parts]


def _others(viewer: User, *seeds: Seed) -> TrackQuerySet:
    """Return what the viewer may open and hear, without the seeds and others of their files."""
    opened = findable(Track.objects.visible_to(viewer))
    tracks = opened.filter(**{f"{ASSET}__playable_at__isnull": False})
    tracks = tracks.exclude(pk__in=[seed.track for seed in seeds])
    files = [seed.file for seed in seeds if seed.file]
    return tracks.exclude(primary_version__media__asset__key__in=files)


def _nearest(tracks: TrackQuerySet, place: Vector) -> QuerySet[Track, Any]:
    """Return columns and distance of the described ones of these tracks, nearest first.

    There is no other order, or the index could not be walked.
    """
    known = {
        f"{ASSET}__descriptor__version": VERSION,
        f"{ASSET}__descriptor__vector__isnull": False,
    }
    distance = CosineDistance(f"{ASSET}__descriptor__vector", HalfVector(place.tolist()))
    found = tracks.filter(**known).annotate(distance=distance).order_by("distance")
    return found.values_list(*COLUMNS, "distance", f"{ASSET}__descriptor__vector")


def _walked(rows: Iterable[Any]) -> list[Any]:
    """Ask the database, with the walk through the index set for this one query."""
    settings = ", ".join("set_config(%s, %s, true)" for _ in WALK)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", [word for pair in WALK.items() for word in pair])
        return list(rows)


def _near(row: tuple[Any, ...]) -> Near:
    track, file, bpm, key, distance = row[:VECTOR]
    return Near(track, file, Traits(bpm, key), distance)


def _apart(one: Vector, other: Vector) -> float:
    return 1 - float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def _one_each(found: Iterable[Near]) -> list[Near]:
    """Return the first of each file."""
    kept: dict[str, Near] = {}
    for near in found:
        kept.setdefault(near.file, near)
    return list(kept.values())


def _distance(near: Near) -> float:
    return near.distance if near.distance is not None else np.inf


def _cost(near: Near, before: Traits) -> float:
    return _distance(near) - HARMONY * are_harmonic(before, near.traits)
