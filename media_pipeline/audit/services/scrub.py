"""Reading originals again, so that a bit that has turned is found while a backup still has it."""

import errno
import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from media_pipeline.audit import selectors
from media_pipeline.audit.services.findings import Found, record
from media_pipeline.ffmpeg import Stopped
from media_pipeline.models import Asset, StorageFinding
from media_pipeline.storage import get_storage

MIB = 1024 * 1024
WHOLE_EVERY = timedelta(days=30)  # for as long the whole library may take
SLICES = 30 * 24  # hours in it
LEAST_BYTES = 64 * MIB
SLICE_SECONDS = 20.0
LOOKED_AT_AGAIN = timedelta(days=1)  # what is damaged may have been brought back
AT_ONCE = 500

Kind = StorageFinding.Kind
logger = logging.getLogger(__name__)


@dataclass
class Scrubbed:
    """What one slice has read, in bytes, and whether more is due."""

    files: int = 0
    bytes: int = 0
    damaged: int = 0
    more: bool = False


def never() -> bool:
    """Go on to the end."""
    return False


def budget() -> int:
    """Return how many bytes an hour has to read, so that all are read in 30 days."""
    total = Asset.objects.exclude(sha256="").aggregate(bytes=Sum("size_bytes"))["bytes"] or 0
    return max(LEAST_BYTES, total // SLICES)


def scrub(
    *,
    most_bytes: int | None = None,
    seconds: float | None = None,
    before: datetime | None = None,
    should_stop: Callable[[], bool] = never,
    on_file: Callable[[Scrubbed], None] = lambda _done: None,
) -> Scrubbed:
    """Hash originals again and compare, until so many bytes are read or so many seconds are over.

    Due are those last read `before` that moment (30 days ago), and once a day those that were
    damaged. A file that was begun is read to its end. Raises Stopped when `should_stop` says so:
    what was read by then counts. Raises what the storage raises, except where a disk cannot read
    its own bytes: that is damage.
    """
    done, begun = Scrubbed(), time.monotonic()
    for key in _due(before or timezone.now() - WHOLE_EVERY):
        is_late = seconds is not None and time.monotonic() - begun >= seconds
        if is_late or (most_bytes is not None and done.bytes >= most_bytes):
            done.more = True
            break
        _check(key, done, should_stop)
        on_file(done)
    return done


def _due(before: datetime) -> Iterator[str]:
    """Yield keys, each once; those that are shared by several assets are one."""
    damaged = StorageFinding.objects.filter(kind=Kind.DAMAGED)
    again = timezone.now() - LOOKED_AT_AGAIN
    yield from list(damaged.filter(seen_at__lt=again).values_list("key", flat=True))
    seen: set[str] = set()
    while keys := list(selectors.due_for_scrub(before).values_list("key", flat=True)[:AT_ONCE]):
        fresh = [key for key in dict.fromkeys(keys) if key not in seen]
        if not fresh:  # what was read stays due: never round and round
            return
        yield from fresh
        seen = set(keys)


def _check(key: str, done: Scrubbed, should_stop: Callable[[], bool]) -> None:
    of_key = Asset.objects.filter(key=key).exclude(sha256="")
    asset = of_key.order_by("created_at").only("sha256", "size_bytes").first()
    if asset is None:  # it was deleted meanwhile
        return
    try:
        digest, size = _hash(key, should_stop)
    except FileNotFoundError:
        if of_key.exists():
            record(Kind.MISSING, [Found(key, asset.pk)])
        return
    done.files += 1
    done.bytes += size
    with transaction.atomic():
        of_key.update(checked_at=timezone.now())
        if digest == asset.sha256:
            healed, _ = StorageFinding.objects.filter(kind=Kind.DAMAGED, key=key).delete()
            if healed:
                logger.warning("The original %s is whole again.", key)
        elif of_key.exists():
            done.damaged += 1
            record(Kind.DAMAGED, [Found(key, asset.pk, size)])
            logger.error("The original %s holds other bytes than those that arrived.", key)


def _hash(key: str, should_stop: Callable[[], bool]) -> tuple[str, int]:
    """Return the SHA-256 in hex, empty where the disk cannot read it, and the bytes read."""
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in get_storage().stream(key):
            digest.update(chunk)
            size += len(chunk)
            if should_stop():
                raise Stopped
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return "", size
    return digest.hexdigest(), size
