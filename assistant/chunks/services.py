"""Making the passages of what has changed, and taking away at once what must not be there."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from assistant.chunks import selectors, stems
from assistant.chunks.selectors import Made
from assistant.models import ChangedPiece, Chunk
from config.lib import redis
from config.lib.ids import uuid7
from tracks.models import Track

BATCH = 100
FEW = 50  # pieces whose muted moments are looked at in the transaction of a deed
LOOKED_AT = 5_000
GENERATION = redis.key("meaning", "generation")
INSERT = """
INSERT INTO assistant_chunk
    (id, track_id, source, source_id, place, at_ms, end_ms, text, times, words, sha256)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::tsvector, %s)
ON CONFLICT DO NOTHING
"""


def mark(tracks: Iterable[UUID]) -> None:
    """Write down, in the caller's transaction, that passages of these are to be made anew."""
    rows = [ChangedPiece(track=pk) for pk in dict.fromkeys(tracks)]
    ChangedPiece.objects.bulk_create(rows, batch_size=5_000)


def drop_shut(tracks: Sequence[UUID]) -> None:
    """Take away, in the caller's transaction, what of these pieces nobody may find any more."""
    for first in range(0, len(tracks), 1_000):
        _delete(selectors.shut(tracks[first : first + 1_000]))
    if len(tracks) <= FEW:
        _delete(selectors.muted(tracks))


def _delete(rows: QuerySet[Chunk]) -> None:
    """Delete them, locked first: a vector that is being written for one is seen, and goes too."""
    keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if keys:
        Chunk.objects.filter(pk__in=keys).delete()


def forget_answers() -> None:
    """Let no answer be given again that was found before this moment."""
    redis.client().incr(GENERATION)


def work_off(most: int = 0) -> bool:
    """Make the passages of what has changed: of all, or of some `most` pieces.

    Returns whether there is more to do.
    """
    done = 0
    while taken := _batch():
        done += taken
        if most and done >= most:
            return True
    return False


@transaction.atomic
def _batch() -> int:
    rows = ChangedPiece.objects.select_for_update(skip_locked=True).order_by("pk")
    changes = list(rows.values_list("pk", "track")[:BATCH])
    if not changes:
        return 0
    make(sorted({track for _, track in changes}))
    ChangedPiece.objects.filter(pk__in=[pk for pk, _ in changes]).delete()
    transaction.on_commit(forget_answers, robust=True)
    return len(changes)


def make(tracks: Sequence[UUID]) -> None:
    """Make the passages of these pieces; those that are the same stay. Needs a transaction.

    The pieces are locked, so that none is deleted between being read and being written down.
    """
    locked = Track.everything.select_for_update(no_key=True, of=("self",)).order_by("pk")
    list(locked.filter(pk__in=tracks).values_list("pk", flat=True))
    wanted = {
        _key(track, made): (made, _digest(made))
        for track, every in selectors.made_of(tracks).items()
        for made in every
    }
    there = Chunk.objects.filter(track__in=tracks)
    columns = ("pk", "track_id", "source", "source_id", "place", "sha256")
    known = {tuple(row[1:5]): (row[0], row[5]) for row in there.values_list(*columns)}
    stale = [
        pk for key, (pk, sha256) in known.items() if key not in wanted or wanted[key][1] != sha256
    ]
    _delete(Chunk.objects.filter(pk__in=stale))
    rows = [
        _row(key[0], made, digest)
        for key, (made, digest) in wanted.items()
        if known.get(key, ("", ""))[1] != digest
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)


def _key(track: UUID, made: Made) -> tuple[object, ...]:
    return track, made.source, made.source_id, made.place


def _digest(made: Made) -> str:
    """Return the hash of all that a passage says: the same words at another moment are others."""
    one = made.passage
    said = json.dumps([one.text, one.at_ms, one.end_ms, one.times], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _row(track: object, made: Made, digest: str) -> tuple[Any, ...]:
    one = made.passage
    where = (uuid7(), track, made.source, made.source_id, made.place, one.at_ms, one.end_ms)
    return (*where, one.text, json.dumps(one.times), stems.vector_of(one.text), digest)


def look_over() -> None:
    """Mark what has no passages and should have; take away what has some and should not."""
    without = selectors.to_read().filter(
        ~Exists(Chunk.objects.filter(track=OuterRef("pk"))),
        ~Exists(ChangedPiece.objects.filter(track=OuterRef("pk"))),
    )
    rows, last = without.order_by("pk").values_list("pk", flat=True), UUID(int=0)
    while found := list(rows.filter(pk__gt=last)[:LOOKED_AT]):
        mark(found)
        last = found[-1]
    with_some = Chunk.objects.order_by("track_id").values_list("track_id", flat=True).distinct()
    after: UUID | None = None
    while keys := list((with_some.filter(track_id__gt=after) if after else with_some)[:1_000]):
        with transaction.atomic():
            drop_shut(keys)
        after = keys[-1]
