"""Deleting bytes that no row knows: only what was seen twice a day apart, and is so even now."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from media_pipeline.audit import registry, rules, selectors
from media_pipeline.audit.services.sweep import unknown
from media_pipeline.locks import lock
from media_pipeline.models import Backup, StorageFinding
from media_pipeline.storage import get_storage

AT_ONCE = 500
logger = logging.getLogger(__name__)


@dataclass
class Removed:
    """How much was deleted, in bytes too, and how many were left because a person has to look.

    `held` tells that a backup is being made, so that it has to be asked for once more.
    """

    count: int = 0
    bytes: int = 0
    left: int = 0
    held: bool = False


def removable() -> Iterator[StorageFinding]:
    """Yield the orphans that `remove_orphans` would look at once more and delete."""
    yield from (finding for finding in _each(selectors.ripe()) if _is_ours(finding))


def remove_orphans(among: QuerySet[StorageFinding] | None = None) -> Removed:
    """Delete the bytes of these orphans, or of all; never what a row names at that moment.

    Left alone is what was not seen twice at least a day apart, what was put there by nobody known,
    and everything while a backup is made. Raises what the storage raises; what is done by then
    stays done.
    """
    removed, ripe = Removed(), selectors.ripe()
    if among is not None:
        removed.left = among.exclude(pk__in=ripe.values("pk")).count()
        ripe = ripe.filter(pk__in=among.values("pk"))
    for finding in _each(ripe):
        if Backup.objects.hold():
            removed.held = True
            break
        if _is_ours(finding):
            size = _remove(finding)
            removed.count += size is not None
            removed.bytes += size or 0
        else:
            removed.left += 1
    return removed


def _each(findings: QuerySet[StorageFinding]) -> Iterator[StorageFinding]:
    last = UUID(int=0)
    rows = findings.order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield from batch
        last = batch[-1].pk


def _is_ours(finding: StorageFinding) -> bool:
    return registry.kind_of(finding.key)[0] != rules.OTHER


@transaction.atomic
def _remove(finding: StorageFinding) -> int | None:
    """Delete one; returns its size in bytes, None when it is no orphan any more."""
    lock(f"key:{finding.key}")  # whoever shares or releases an original holds it too
    storage, size = get_storage(), None
    if unknown([finding.key]):
        try:
            size = storage.size(finding.key)
        except FileNotFoundError:
            size = None
        else:
            storage.delete(finding.key)
            logger.warning("Deleted %s (%s bytes): no row knew it.", finding.key, size)
    StorageFinding.objects.filter(pk=finding.pk).delete()
    return size
