"""Writing into the ledger: once for each key, and never again.

What is posted is written into the sealed log in the same transaction, as a digest of all its bytes:
whoever changes the ledger's tables later would have to change a log whose key they do not have.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
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


@dataclass(frozen=True)
class Posting:
    """A transaction that is to be written once for its key."""

    kind: str
    key: str
    legs: Iterable[Leg]
    subject: UUID | None = None
    external: str = ""
    effective_at: datetime | None = None
    status: str = Status.POSTED
    reverses: LedgerTransaction | None = None
    resolves: LedgerTransaction | None = None


def post(kind: str, key: str, legs: Iterable[Leg], **words: Any) -> LedgerTransaction:
    """Write one transaction as `post_all` does; `words` are those of a `Posting`."""
    return post_all([Posting(kind, key, legs, **words)])[0]


@transaction.atomic
def post_all(postings: Sequence[Posting]) -> list[LedgerTransaction]:
    """Write these transactions, or return those that were written for their keys before.

    Legs of zero are left out; several on one account are joined. Raises ValueError where those of
    one do not sum to zero, and `KeyUsed` where a key has been used for other legs, or what one
    reverses or resolves was so before; then none is written. As few queries for many as for one.
    """
    wanted = [_joined(one.legs) for one in postings]
    if any(sum(amounts.values()) for amounts in wanted):
        raise ValueError("The entries of a transaction sum to zero.")
    made = [_row(one) for one in postings]
    # Whoever comes second waits here for the first to commit, and then finds its row.
    LedgerTransaction.objects.bulk_create(made, ignore_conflicts=True)
    found = LedgerTransaction.objects.in_bulk([one.key for one in postings], field_name="key")
    rows, fresh = [], []
    for mine, amounts in zip(made, wanted, strict=True):
        if (row := found.get(mine.key)) is None:
            words = f"What {mine.key} reverses or resolves is reversed or resolved already."
            raise KeyUsed(words)
        rows.append(row)
        if row.pk == mine.pk:
            fresh.append((row, amounts))
        else:
            _require_same(row, mine.kind, amounts)
    if fresh:
        _write(fresh)
    return rows


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


def _row(one: Posting) -> LedgerTransaction:
    words = {name: value for name, value in vars(one).items() if name != "legs"}
    return LedgerTransaction(**words | {"effective_at": one.effective_at or timezone.now()})


def _write(fresh: Sequence[tuple[LedgerTransaction, dict[str, int]]]) -> None:
    """Write the entries of new transactions, with a digest of each into the sealed log."""
    accounts = _accounts({name for _row, amounts in fresh for name in amounts})
    entries = [
        LedgerEntry(transaction=row, account=accounts[name], amount=amount, currency=currency())
        for row, amounts in fresh
        for name, amount in sorted(amounts.items())
    ]
    LedgerEntry.objects.bulk_create(entries)
    digests = [
        (f"economics.ledgertransaction:{row.pk}", {"digest": digest(row, amounts)})
        for row, amounts in fresh
    ]
    sealing.append_each("ledger.written", digests)
    sealing.close_soon()  # until then whoever owns the tables could change both
    kept_pages.forget("money")  # every page of figures says that it shows these


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _joined(legs: Iterable[Leg]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in legs:
        key = account_key(one.kind, one.party)
        found[key] = found.get(key, 0) + one.amount
    return {key: amount for key, amount in found.items() if amount}


def _accounts(wanted: set[str]) -> dict[str, LedgerAccount]:
    found = LedgerAccount.objects.in_bulk(wanted, field_name="key")
    if missing := sorted(wanted - set(found)):
        LedgerAccount.objects.bulk_create(_new(missing), ignore_conflicts=True)
        found = LedgerAccount.objects.in_bulk(wanted, field_name="key")
    return found


def _new(keys: Sequence[str]) -> list[LedgerAccount]:
    parts = [(key, *key.split(":", 1)) for key in keys]
    return [
        LedgerAccount(key=key, kind=Kind(kind), party=party, currency=currency())
        for key, kind, party in parts
    ]


def _require_same(found: LedgerTransaction, kind: str, wanted: dict[str, int]) -> None:
    entries = found.entries.select_related("account")
    if found.kind != kind or {one.account.key: one.amount for one in entries} != wanted:
        raise KeyUsed(f"{found.key} was used for something else.")
