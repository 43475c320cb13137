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
from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from django.db import transaction

from config.lib import cipher
from media_pipeline.locks import lock
from media_pipeline.models import Seal, SealedEntry

BATCH_MOST = 1000


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
    return len(found)


def verify() -> Iterator[Finding]:
    """Yield everything that is not as it was sealed; nothing when all is well."""
    keys = {_name(key): key for key in cipher.signing_keys()}
    previous = ""
    for seal in Seal.objects.order_by("id").iterator(500):
        entries = list(SealedEntry.objects.filter(seal=seal).order_by("id"))
        if seal.previous != previous:
            yield Finding(
                seal.pk, "does not follow the one before it: one was taken out or changed."
            )
        if len(entries) != seal.count:
            yield Finding(seal.pk, f"had {seal.count} entries and has {len(entries)}.")
        if (key := keys.get(seal.key)) is None:
            yield Finding(seal.pk, "was sealed with a key that is not here any more.")
        elif not hmac.compare_digest(_digest(key, seal.previous, entries), seal.digest):
            yield Finding(seal.pk, "does not fit its entries: something in them was changed.")
        previous = seal.digest
    holes = SealedEntry.objects.filter(seal=None).order_by("id").values_list("pk", flat=True)[:1]
    newest = SealedEntry.objects.exclude(seal=None).order_by("id").last()
    if holes and newest and holes[0] + BATCH_MOST < newest.pk:
        yield Finding(None, f"Entry {holes[0]} should have been sealed long ago.")


def head() -> str:
    """Return the last digest; whoever keeps it elsewhere sees an end that is cut off."""
    last = Seal.objects.order_by("id").last()
    return last.digest if last else ""


def holds(digest: str) -> bool:
    """Tell whether the log still holds what had this digest as its last one."""
    return not digest or Seal.objects.filter(digest=digest).exists()


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
