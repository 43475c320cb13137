"""Plain-text accounting, in the syntax of beancount (version 3): what any bookkeeper can re-add.

What never went through the site (memo accounts) stands below equity, apart from assets and debts.
What is pending counts in no balance, and stands there as a remark.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from economics.days import day_of
from economics.models import LedgerAccount, LedgerTransaction
from economics.money import plain

Kind, Status = LedgerAccount.Kind, LedgerTransaction.Status
ROOTS = {
    Kind.PROVIDER_CLEARING: "Assets",
    Kind.DISPUTES_CLEARING: "Assets",
    Kind.ARTIST_PAYABLE: "Liabilities",
    Kind.CHARITY_PAYABLE: "Liabilities",
    Kind.TAX_PAYABLE: "Liabilities",
    Kind.UNALLOCATED: "Liabilities",
    Kind.PLATFORM_REVENUE: "Income",
    Kind.PROVIDER_FEES: "Expenses",
    Kind.REFUND_LOSS: "Expenses",
}
REST = "Equity"  # memo accounts, what the operator put in, and what was sent on, told twice
ODD = re.compile(r"[^a-z0-9-]|-(?=x)")


class Posting(NamedTuple):
    """An amount on an account, by its key. Minor units."""

    account: str
    amount: int


def account(key: str) -> str:
    """Return how the plain text calls an account: `Liabilities:ArtistPayable:019…`.

    Whatever beancount does not take in a name is written as its number, so that no two become one.
    """
    kind, _, party = key.partition(":")
    words = [ROOTS.get(Kind(kind), REST), "".join(word.capitalize() for word in kind.split("_"))]
    if party:
        told = ODD.sub(lambda found: f"-x{ord(found[0]):x}-", party)
        words.append(told[0].upper() + told[1:] if told[0] != "-" else f"X{told}")
    return ":".join(words)


def head(title: str, code: str) -> Iterator[str]:
    """Yield what stands before everything."""
    yield f'option "title" {_quoted(title)}\n'
    yield f'option "operating_currency" "{code}"\n\n'


def opened(key: str, day: date, code: str) -> str:
    """Return the line that opens an account."""
    return f"{day} open {account(key)} {code}\n  ledger: {_quoted(key)}\n"


def transaction(row: LedgerTransaction, postings: Iterable[Posting], code: str) -> str:
    """Return one transaction: its ids as metadata, its amounts in decimals."""
    day = day_of(row.effective_at)
    facts = "".join(f"  {name}: {_quoted(value)}\n" for name, value in _facts(row).items())
    if row.status == Status.POSTED:
        lines = [f"  {account(to)}  {plain(amount, code)} {code}\n" for to, amount in postings]
        return f"\n{day} * {_quoted(row.kind)}\n{facts}{''.join(lines)}"
    told = [f"{to} {plain(amount, code)} {code}" for to, amount in postings]
    words = " ".join(_quoted(one) for one in (row.status, row.kind, *told))
    return f'\n{day} custom "nexus" {words}\n{facts}'


def balance(key: str, day: date, amount: int, code: str) -> str:
    """Return the line by which beancount itself checks an account at the end of a day."""
    return f"{day + timedelta(days=1)} balance {account(key)}  {plain(amount, code)} ~ 0 {code}\n"


def _facts(row: LedgerTransaction) -> dict[str, str]:
    found = {
        "id": str(row.pk),
        "key": row.key,
        "subject": str(row.subject or ""),
        "reference": row.external,
        "reverses": str(row.reverses_id or ""),
        "resolves": str(row.resolves_id or ""),
        "effective": row.effective_at.isoformat(),
        "recorded": row.recorded_at.isoformat(),
    }
    return {name: value for name, value in found.items() if value}


def _quoted(words: str) -> str:
    """Return words between quotes, on one line: what is written outside comes from strangers."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
