"""Writing into the ledger: once for each key, and never again.

What is posted is written into the sealed log in the same transaction, as a digest of all its bytes:
whoever changes the ledger's tables later would have to change a log whose key they do not have.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages
from economics.models import LedgerAccount, LedgerEntry, LedgerTransaction, account_key
from economics.money import currency
from media_pipeline.sealing import services as sealing

Kind, Status = LedgerAccount.Kind, LedgerTransaction.Status


class Leg(NamedTuple):
    """An amount on an account that may not be there yet; debits are positive. Minor units."""

    kind: str
    party: str
    amount: int


class KeyUsed(ValueError):
    """This key was used for something else."""


def leg(kind: str, amount: int, party: UUID | str = "") -> Leg:
    """Return a leg on the account of this kind and party."""
    return Leg(str(kind), str(party), amount)


@transaction.atomic
def post(
    kind: str,
    key: str,
    legs: Iterable[Leg],
    *,
    subject: UUID | None = None,
    external: str = "",
    effective_at: datetime | None = None,
    status: str = Status.POSTED,
    reverses: LedgerTransaction | None = None,
    resolves: LedgerTransaction | None = None,
) -> LedgerTransaction:
    """Write one transaction, or return the one that was written for this key before.

    Legs of zero are left out; several on one account are joined. Raises ValueError where they do
    not sum to zero, and `KeyUsed` where the key has been used for other legs, or what this reverses
    or resolves was so before.
    """
    wanted = _joined(legs)
    if sum(wanted.values()):
        raise ValueError("The entries of a transaction sum to zero.")
    made = LedgerTransaction(
        key=key,
        kind=kind,
        status=status,
        subject=subject,
        external=external,
        reverses=reverses,
        resolves=resolves,
        effective_at=effective_at or timezone.now(),
    )
    # Whoever comes second waits here for the first to commit, and then finds its row.
    LedgerTransaction.objects.bulk_create([made], ignore_conflicts=True)
    found = LedgerTransaction.objects.filter(key=key).first()
    if found is None:
        raise KeyUsed(f"What {key} reverses or resolves is reversed or resolved already.")
    if found.pk != made.pk:
        return _the_same(found, kind, wanted)
    accounts = _accounts(wanted)
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                transaction=found, account=accounts[name], amount=amount, currency=currency()
            )
            for name, amount in sorted(wanted.items())
        ]
    )
    sealing.append(
        kind="ledger.written",
        subject=f"economics.ledgertransaction:{found.pk}",
        digest=digest(found, wanted),
    )
    kept_pages.forget("money")  # every page of figures says that it shows these
    return found


def reverse(
    written: LedgerTransaction, kind: str, key: str, *, external: str = ""
) -> LedgerTransaction:
    """Write what takes a transaction back, whole and once."""
    legs = [
        leg(entry.account.kind, -entry.amount, entry.account.party)
        for entry in written.entries.select_related("account")
    ]
    return post(kind, key, legs, subject=written.subject, external=external, reverses=written)


def digest(written: LedgerTransaction, amounts: dict[str, int]) -> str:
    """Return SHA-256 over every byte of a transaction: sorted keys, no blanks, UTC.

    `amounts`: minor units of the site's currency by the key of the account.
    """
    words = {
        "id": str(written.pk),
        "key": written.key,
        "kind": written.kind,
        "status": written.status,
        "subject": str(written.subject or ""),
        "external": written.external,
        "reverses": str(written.reverses_id or ""),
        "resolves": str(written.resolves_id or ""),
        "effective_at": _moment(written.effective_at),
        "recorded_at": _moment(written.recorded_at),
        "currency": currency(),
        "entries": sorted(amounts.items()),
    }
    told = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _joined(legs: Iterable[Leg]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in legs:
        key = account_key(one.kind, one.party)
        found[key] = found.get(key, 0) + one.amount
    return {key: amount for key, amount in found.items() if amount}


def _accounts(wanted: dict[str, int]) -> dict[str, LedgerAccount]:
    found = {one.key: one for one in LedgerAccount.objects.filter(key__in=wanted)}
    if missing := sorted(set(wanted) - set(found)):
        LedgerAccount.objects.bulk_create(_new(missing), ignore_conflicts=True)
        found = {one.key: one for one in LedgerAccount.objects.filter(key__in=wanted)}
    return found


def _new(keys: Sequence[str]) -> list[LedgerAccount]:
    parts = [(key, *key.split(":", 1)) for key in keys]
    return [
        LedgerAccount(key=key, kind=Kind(kind), party=party, currency=currency())
        for key, kind, party in parts
    ]


def _the_same(found: LedgerTransaction, kind: str, wanted: dict[str, int]) -> LedgerTransaction:
    entries = found.entries.select_related("account")
    if found.kind != kind or {one.account.key: one.amount for one in entries} != wanted:
        raise KeyUsed(f"{found.key} was used for something else.")
    return found
