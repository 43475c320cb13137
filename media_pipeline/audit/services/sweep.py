"""Both ways through the storage: bytes without a row, and rows without their bytes.

It only lists. A sweep that is killed has written down only what it saw; the next one begins anew.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from media_pipeline import faults
from media_pipeline.audit import registry, rules, selectors
from media_pipeline.audit.services.findings import Found, record
from media_pipeline.audit.services.listing import Listing
from media_pipeline.models import Asset, StorageFinding, StorageTally
from media_pipeline.storage import MediaStorage, Stat, get_storage

AT_ONCE = 1000  # keys
ASSETS_AT_ONCE = 200

Kind = StorageFinding.Kind
Progress = Callable[[str, int, int], None]
logger = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one sweep has seen. `files` and `bytes` count by kind."""

    files: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)
    orphans: int = 0
    missing: int = 0


def _quietly(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def sweep(on_progress: Progress = _quietly, *, now: datetime | None = None) -> Swept:
    """Count the storage by kind, and list what does not fit; what fits by now is forgotten.

    `now` is the moment at which it is done. `on_progress(stage, done, total)` is called again and
    again, with 0 for a total nobody knows; what it raises ends the sweep. Raises what the storage
    raises, and then no finding is forgotten.
    """
    begun, storage, swept = now or timezone.now(), get_storage(), Swept()
    with Listing() as listing:
        _list(storage, listing, swept, begun, on_progress)
        faults.point("audit:listed")
        _compare(storage, listing, swept, begun, on_progress)
    faults.point("audit:compared")
    with transaction.atomic():
        _write_tallies(swept)
        both = StorageFinding.objects.filter(kind__in=[Kind.ORPHAN, Kind.MISSING])
        both.filter(seen_at__lt=begun).delete()
        damaged = StorageFinding.objects.filter(kind=Kind.DAMAGED)
        damaged.exclude(key__in=Asset.objects.values("key")).delete()
    return swept


def unknown(keys: list[str]) -> set[str]:
    """Return those of these keys that no row names, and nothing under way may name."""
    return set(keys) - selectors.named(keys) - registry.named(keys)


def _list(
    storage: MediaStorage, listing: Listing, swept: Swept, begun: datetime, on_progress: Progress
) -> None:
    """Go through all bytes; rows are read after the keys they may name were listed."""
    before = StorageTally.objects.aggregate(files=Sum("files"))["files"] or 0
    done, nameless = 0, 0
    listed = storage.stats("")
    while stats := list(islice(listed, AT_ONCE)):
        on_progress("listing", done, max(before, done))
        done += len(stats)
        for stat in stats:
            kind, _ = registry.kind_of(stat.key)
            swept.files[kind] += 1
            swept.bytes[kind] += stat.size
        fitting = [stat for stat in stats if rules.can_be_listed(stat.key)]
        nameless += len(stats) - len(fitting)
        listing.add(stat.key for stat in fitting)
        old = [stat for stat in fitting if begun - stat.modified > rules.ORPHANED_AFTER]
        swept.orphans += _note_orphans(old, begun)
    if nameless:
        logger.warning("%s files have names that no row can hold: not ours, unlisted.", nameless)


def _note_orphans(old: list[Stat], begun: datetime) -> int:
    orphans = unknown([stat.key for stat in old])
    found = [
        Found(stat.key, registry.kind_of(stat.key)[1], stat.size)
        for stat in old
        if stat.key in orphans
    ]
    record(Kind.ORPHAN, found, max(begun, timezone.now()))
    return len(found)


def _compare(
    storage: MediaStorage, listing: Listing, swept: Swept, begun: datetime, on_progress: Progress
) -> None:
    """Go through all assets; what was not listed may have come since, or have gone as a whole."""
    done, total = 0, Asset.objects.count()
    for ids in _assets():
        wanted = selectors.expected(ids)
        on_progress("comparing", done, max(total, done))
        done += len(ids)
        absent = [key for key in listing.without(wanted) if not storage.exists(key)]
        if absent:
            still = selectors.expected({wanted[key] for key in absent})
            found = [Found(key, still[key]) for key in absent if key in still]
            record(Kind.MISSING, found, max(begun, timezone.now()))
            swept.missing += len(found)


def _assets() -> Iterator[list[UUID]]:
    last = UUID(int=0)
    ids = Asset.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=last)[:ASSETS_AT_ONCE]):
        yield batch
        last = batch[-1]


def _write_tallies(swept: Swept) -> None:
    kinds = [*registry.labels()]
    now = timezone.now()
    StorageTally.objects.exclude(kind__in=kinds).delete()
    StorageTally.objects.bulk_create(
        [
            StorageTally(
                kind=kind, files=swept.files[kind], bytes=swept.bytes[kind], counted_at=now
            )
            for kind in kinds
        ],
        update_conflicts=True,
        unique_fields=["kind"],
        update_fields=["files", "bytes", "counted_at"],
    )
