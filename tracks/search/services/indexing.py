"""Making documents of what has changed, in batches, each whole or not at all."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet

from config.lib import disk, kept_pages
from config.lib.outages import is_away
from media_pipeline import faults
from media_pipeline.locks import lock
from tracks.models import ChangedThing, Document
from tracks.search import words
from tracks.search.registry import KINDS, Entry, Kind
from tracks.search.services import known_words

logger = logging.getLogger(__name__)

BATCH = 500
COLLISIONS = {"40001", "40P01", "55P03"}  # not serializable, deadlock, no lock in time
PLACE = "search:looked-over"
FOUND = "found"  # what pages of search results show
INSERT = """
INSERT INTO tracks_document (id, kind, title_key, standing, names, words, bpm, seconds, day)
VALUES (%s, %s, %s, %s, %s::tsvector, %s::tsvector, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET
    title_key = excluded.title_key, standing = excluded.standing, names = excluded.names,
    words = excluded.words, bpm = excluded.bpm, seconds = excluded.seconds, day = excluded.day
"""


def mark(things: Iterable[str]) -> bool:
    """Write down, in the caller's transaction, that documents of these things are to be made.

    Returns whether any of them has one.
    """
    keys = _by_prefix(things)
    rows = [
        ChangedThing(thing=f"{prefix}:{pk}")
        for prefix, kind in {kind.prefix: kind for kind in KINDS.values()}.items()
        for pk in (kind.ids_of(keys[prefix]) if prefix in keys else ())
    ]
    if rows:
        ChangedThing.objects.bulk_create(rows, batch_size=5_000)
    return bool(rows)


def _by_prefix(things: Iterable[str]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for thing in dict.fromkeys(things):
        prefix, _, key = thing.partition(":")
        keys[prefix].append(key)
    return dict(keys)


def work_off(most: int = 0) -> bool:
    """Make the documents of what has changed: of all, or of some `most` changes.

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
    # One at a time: who had read a thing before its last change would write over what is newer.
    lock(known_words.LOCK)
    changes = list(ChangedThing.objects.order_by("pk").values_list("pk", "thing")[:BATCH])
    if not changes:
        return 0
    keys = _by_prefix(thing for _, thing in changes)
    for kind in KINDS.values():
        if kind.prefix in keys:
            _try(kind, keys[kind.prefix])
    faults.point("search:made")
    ChangedThing.objects.filter(pk__in=[pk for pk, _ in changes]).delete()
    kept_pages.forget(FOUND)
    return len(changes)


def _try(kind: Kind, keys: Sequence[str]) -> None:
    """Make documents; one that cannot be made is left out and logged: it holds up no other."""
    try:
        with transaction.atomic():
            make(kind, keys)
    except Exception as error:
        if is_away(error) or disk.is_full(error) or _passes(error):
            raise
        if len(keys) == 1:
            logger.exception("The document of %s:%s could not be made.", kind.prefix, keys[0])
            return
        for key in keys:
            _try(kind, [key])


def _passes(error: Exception) -> bool:
    """Tell whether it went wrong because of others at work: the whole batch is done again."""
    return getattr(error.__cause__, "sqlstate", "") in COLLISIONS


def make(kind: Kind, keys: Sequence[str]) -> int:
    """Make the documents of these things anew, and drop those of what is not public any more.

    Returns how many there are now. Needs a transaction.
    """
    entries = kind.build(keys)
    asked = {UUID(key) for key in keys}
    known = Document.objects.filter(pk__in=asked, kind=kind.name)
    before = _words_of(kind, known)
    if gone := asked - {entry.pk for entry in entries}:
        known.filter(pk__in=gone).delete()
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [row_of(kind, entry) for entry in entries])
    known_words.learn(entries)
    _let_follow(kind, before, _words_of(kind, known))
    return len(entries)


def _words_of(kind: Kind, known: QuerySet[Document]) -> dict[UUID, str]:
    """Return the words of documents, as text, as far as anything follows these or them."""
    if not (kind.quoted_by or kind.known_by):
        return {}
    return dict(known.values_list("pk", "words" if kind.quoted_by else "kind"))


def _let_follow(kind: Kind, before: dict[UUID, str], now: dict[UUID, str]) -> None:
    """Mark what else is to be made since these documents came, went or have other words."""
    if kind.known_by and (moved := before.keys() ^ now.keys()):
        mark(kind.known_by(sorted(moved)))
    every = before.keys() | now.keys()
    if kind.quoted_by and (changed := {key for key in every if before.get(key) != now.get(key)}):
        mark(kind.quoted_by(sorted(changed)))


def row_of(kind: Kind, entry: Entry) -> tuple[Any, ...]:
    """Return the row of an entry's document, in the order of INSERT."""
    names = words.Vector().add(entry.title, words.TITLE)
    every = words.Vector().add(entry.title, words.TITLE)
    for text in entry.makers:
        names.add(text, words.MAKER)
        every.add(text, words.MAKER)
    for text in entry.beside:
        every.add(text, words.BESIDE)
    for text in entry.said:
        every.add(text, words.SAID)
    every.mark(entry.traits)
    key = words.title_key(entry.title)
    figures = (entry.bpm, entry.seconds, entry.day)
    return (entry.pk, kind.name, key, entry.standing, str(names), str(every), *figures)


def look_over() -> None:
    """Mark what has no document and should have; drop what should not be there. All of it."""
    for kind in KINDS.values():
        for batch in _batches(kind):
            _look_at(kind, batch)
        _drop_gone(kind)
    known_words.unlearn()


def look_on(most: int) -> None:
    """Look over some `most` things more, from where the last look ended: no change may be missed.

    The place is kept beside the database; where it is lost, the look begins anew.
    """
    kinds = list(KINDS.values())
    number, after = cache.get(PLACE, (0, None))
    for _ in range(max(most // BATCH, 1)):
        kind = kinds[number % len(kinds)]
        if batch := _batch_of(kind, after):
            _look_at(kind, batch)
            after = batch[-1]
            continue
        _drop_gone(kind)
        number, after = number + 1, None
        if number == len(kinds):
            known_words.unlearn()
            number = 0
            break
    cache.set(PLACE, (number, after), None)


@transaction.atomic
def _look_at(kind: Kind, batch: Sequence[UUID]) -> None:
    public = {entry.pk for entry in kind.build([str(pk) for pk in batch])}
    rows = Document.objects.filter(kind=kind.name, pk__in=batch)
    there = set(rows.values_list("pk", flat=True))
    rows.filter(pk__in=there - public).delete()
    # Those too that were dropped: one may have become public in between.
    _mark(kind, sorted(public ^ there))


def _drop_gone(kind: Kind) -> None:
    rows = Document.objects.filter(kind=kind.name).exclude(pk__in=kind.rows().values("pk"))
    rows.delete()


def mark_all() -> int:
    """Mark everything: for a site that has no documents yet. Returns how many things."""
    marked = 0
    for kind in KINDS.values():
        for batch in _batches(kind):
            _mark(kind, batch)
            marked += len(batch)
    return marked


def _mark(kind: Kind, keys: Iterable[UUID]) -> None:
    ChangedThing.objects.bulk_create(
        [ChangedThing(thing=f"{kind.prefix}:{pk}") for pk in keys], batch_size=5_000
    )


def _batches(kind: Kind) -> Iterator[list[UUID]]:
    batch = _batch_of(kind, None)
    while batch:
        yield batch
        batch = _batch_of(kind, batch[-1])


def _batch_of(kind: Kind, after: UUID | None) -> list[UUID]:
    rows = kind.rows().order_by("pk").values_list("pk", flat=True)
    return list((rows.filter(pk__gt=after) if after else rows)[:BATCH])
