"""Whether the ledger is as it was written: each row against the sealed log, each sum against zero.

Whoever can write into the tables past every trigger can make rows that sum to zero; they cannot
make the entries of the sealed log that go with them, once these are sealed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from economics.books.selectors import AT_ONCE, Written, as_written
from economics.ledger.services import digest
from economics.models import LedgerAccount, LedgerEntry, LedgerTransaction, account_key
from economics.money import currency
from economics.proofs import services as proofs
from media_pipeline.models import SealedEntry
from media_pipeline.sealing import services as sealing

WRITTEN, SUBJECT = "ledger.written", "economics.ledgertransaction:"


class Finding(NamedTuple):
    """Something that is not as it should be, and where."""

    where: str
    sentence: str


def verify() -> Iterator[Finding]:
    """Yield everything that is wrong with the ledger; nothing when all is well."""
    yield from _accounts()
    for written in as_written():
        yield from _transactions(written)
    yield from _missing()
    yield from _strays()
    for number, sentence in proofs.verify():
        yield Finding(f"economics.batch:{number}", sentence)
    yield from _log()


def _accounts() -> Iterator[Finding]:
    for row in LedgerAccount.objects.order_by("key").iterator():
        if row.key != account_key(row.kind, row.party):
            yield Finding(row.key, "is of another kind or party than its key says.")
        if row.currency != currency():
            yield Finding(row.key, f"is in {row.currency}, and this site's books are in another.")
    left = LedgerEntry.objects.filter(account__kind=LedgerAccount.Kind.ROUNDING).counting().total()
    if left:
        yield Finding("rounding:", f"holds {left}, and should always be zero.")


def _transactions(written: list[Written]) -> Iterator[Finding]:
    sealed = _digests([SUBJECT + str(one.row.pk) for one in written])
    for one in written:
        where = SUBJECT + str(one.row.pk)
        sums: Counter[str] = Counter()
        amounts: Counter[str] = Counter()
        for line in one.lines:
            sums[line.currency] += line.amount
            amounts[line.account] += line.amount
        if len(amounts) != len(one.lines):
            yield Finding(where, "has several entries on one account: some were put in.")
        for code, left in sums.items():
            if left:
                yield Finding(where, f"does not sum to zero: {left} {code} are left.")
            if code != currency():
                yield Finding(where, f"has an entry in {code}, and this site has {currency()}.")
        yield from _seal(where, sealed[where], digest(one.row, dict(amounts)))


def _seal(where: str, sealed: list[str], found: str) -> Iterator[Finding]:
    if not sealed:
        yield Finding(where, "was never written into the sealed log.")
    elif len(sealed) > 1:
        yield Finding(where, f"stands {len(sealed)} times in the sealed log.")
    elif sealed[0] != found:
        yield Finding(where, "is not what the sealed log says: it or its entries were changed.")


def _digests(subjects: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = SealedEntry.objects.filter(kind=WRITTEN, subject__in=subjects)
    for subject, data in rows.values_list("subject", "data"):
        found[subject].append(str(data.get("digest", "")))
    return found


def _missing() -> Iterator[Finding]:
    """Yield what the sealed log says was written, and is not there."""
    last = 0
    rows = SealedEntry.objects.filter(kind=WRITTEN).order_by("id").values_list("id", "subject")
    while found := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        there = {
            SUBJECT + str(key)
            for key in LedgerTransaction.objects.filter(
                pk__in=[subject.removeprefix(SUBJECT) for _, subject in found]
            ).values_list("pk", flat=True)
        }
        for _, subject in found:
            if subject not in there:
                yield Finding(subject, "was written once, and is not in the ledger any more.")
        last = found[-1][0]


def _strays() -> Iterator[Finding]:
    """Yield entries without a transaction or an account: past every key alone can there be any."""
    there = Exists(LedgerTransaction.objects.filter(pk=OuterRef("transaction_id")))
    known = Exists(LedgerAccount.objects.filter(pk=OuterRef("account_id")))
    rows: Any = LedgerEntry.objects.filter(~(there & known))
    for key in rows.values_list("pk", flat=True):
        yield Finding(f"economics.ledgerentry:{key}", "hangs on nothing.")


def _log() -> Iterator[Finding]:
    for finding in sealing.verify():
        yield Finding(f"seal {finding.seal or '-'}", finding.sentence)
