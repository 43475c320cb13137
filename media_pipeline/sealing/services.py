"""Writing into the sealed log, closing what was written, and finding what was touched since.

Entries are written without waiting for one another; a sweep closes them in batches. Each batch has
an HMAC-SHA256 over the digest before it and every byte of its entries, in the manner of a hash
chain (Haber and Stornetta, 1991), with a key that the database does not hold: who can write into
the database can still not make a chain that fits. An end that was cut off is seen by whoever has
kept the last digest.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, transaction

from config.lib import cipher
from media_pipeline import faults
from media_pipeline.jobs.services.schedules import run_now
from media_pipeline.locks import lock
from media_pipeline.models import Seal, SealedEntry

ROUND, SOON = "close-seal", 5.0  # seconds: a seal for each entry would be many to read
BATCH_MOST = 1000
SEALS = "SELECT id, count, previous, digest, key FROM media_pipeline_seal ORDER BY id"
ENTRIES = (
    "SELECT id, kind, actor, subject, data, created_at FROM media_pipeline_sealedentry "
    "WHERE seal_id = %s ORDER BY id"
)
EDGES = (
    "SELECT min(id) FILTER (WHERE seal_id IS NULL), max(id) FILTER (WHERE seal_id IS NOT NULL) "
    "FROM media_pipeline_sealedentry"
)
WRONG_ORDER = "does not follow the one before it: one was taken out or changed."
Ask = Callable[[str, list[Any]], list[tuple[Any, ...]]]


class Finding(NamedTuple):
    """Something that is not as it was sealed."""

    seal: int | None
    sentence: str


def append(*, kind: str, actor: object = "", subject: object = "", **data: object) -> SealedEntry:
    """Write down what was done, in the caller's transaction: ids and reasons, no addresses."""
    entry: SealedEntry = SealedEntry.objects.create(
        kind=kind, actor=str(actor), subject=str(subject), data=data
    )
    return entry


def append_each(kind: str, done: Iterable[tuple[str, Mapping[str, object]]]) -> None:
    """Write down what was done to each of these subjects, by the machine; one query."""
    rows = [SealedEntry(kind=kind, subject=subject, data={**data}) for subject, data in done]
    SealedEntry.objects.bulk_create(rows)


def close_soon() -> None:
    """Have what this transaction writes sealed some seconds after its commit, with all else."""
    transaction.on_commit(partial(run_now, ROUND, after=SOON), robust=True)


def close() -> int:
    """Seal what was written since; return how many entries. One of many hosts at a time."""
    with transaction.atomic():
        lock("seal")
        found = list(
            SealedEntry.objects.select_for_update().filter(seal=None).order_by("id")[:BATCH_MOST]
        )
        if not found:
            return 0
        last = Seal.objects.order_by("id").last()
        previous = last.digest if last else ""
        key = cipher.signing_keys()[0]
        seal = Seal.objects.create(
            count=len(found),
            previous=previous,
            digest=_digest(key, previous, found),
            key=_name(key),
        )
        SealedEntry.objects.filter(pk__in=[entry.pk for entry in found]).update(seal=seal)
        faults.point("seal:before-commit")
    return len(found)


def close_all() -> int:
    """Seal all that was written, batch by batch; return how many entries."""
    done = 0
    while more := close():
        done += more
    return done


def verify(ask: Ask | None = None) -> Iterator[Finding]:
    """Yield everything that is not as it was sealed; nothing when all is well.

    `ask(query, parameters)` returns the rows of another database than the site's own.
    """
    ask = ask or _ask
    keys = {_name(key): key for key in cipher.signing_keys()}
    last = ""
    for number, count, previous, digest, name in ask(SEALS, []):
        entries = [_entry(row) for row in ask(ENTRIES, [number])]
        if previous != last:
            yield Finding(number, WRONG_ORDER)
        if len(entries) != count:
            yield Finding(number, f"had {count} entries and has {len(entries)}.")
        if (key := keys.get(name)) is None:
            yield Finding(number, "was sealed with a key that is not here any more.")
        elif not hmac.compare_digest(_digest(key, previous, entries), digest):
            yield Finding(number, "does not fit its entries: something in them was changed.")
        last = digest
    ((hole, newest),) = ask(EDGES, [])
    if hole and newest and hole + BATCH_MOST < newest:
        yield Finding(None, f"Entry {hole} should have been sealed long ago.")


def head() -> str:
    """Return the last digest; whoever keeps it elsewhere sees an end that is cut off."""
    last = Seal.objects.order_by("id").last()
    return last.digest if last else ""


def holds(digest: str) -> bool:
    """Tell whether the log still holds what had this digest as its last one."""
    return not digest or Seal.objects.filter(digest=digest).exists()


def _ask(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _entry(row: tuple[Any, ...]) -> SealedEntry:
    number, kind, actor, subject, data, created_at = row
    told = json.loads(data) if isinstance(data, str) else data
    return SealedEntry(number, kind, actor, subject, told, created_at)


def _digest(key: bytes, previous: str, entries: list[SealedEntry]) -> str:
    digest = hmac.new(key, previous.encode() + b"\n", hashlib.sha256)
    for entry in entries:
        digest.update(_bytes(entry) + b"\n")
    return digest.hexdigest()


def _bytes(entry: SealedEntry) -> bytes:
    """Return an entry in the one way it can be written: sorted keys, no blanks, UTC."""
    moment = entry.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    words = [entry.pk, entry.kind, entry.actor, entry.subject, entry.data, moment]
    return json.dumps(words, sort_keys=True, separators=(",", ":")).encode()


def _name(key: bytes) -> str:
    return hashlib.sha256(b"nexus.seal.name" + key).hexdigest()[:16]
