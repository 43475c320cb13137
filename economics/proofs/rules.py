"""Which lines of the published totals a step of a contribution adds to; no amount is negative."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from economics.models import LedgerAccount, LedgerTransaction
from economics.proofs import check

Kind = LedgerAccount.Kind
# What is a leaf: money or a memo that came, or was taken back.
STEPS = tuple(
    f"contribution.{step}"
    for step in ("received", "refunded", "dispute_lost", "declared", "cancelled")
)
LINES = {
    Kind.ARTIST_PAYABLE: "artists",
    Kind.CHARITY_PAYABLE: "charity",
    Kind.PLATFORM_REVENUE: "platform",
    Kind.TAX_PAYABLE: "tax",
    Kind.PROVIDER_FEES: "fees",
    Kind.MEMO_ARTIST: "declared.artists",
    Kind.MEMO_CHARITY: "declared.charity",
    Kind.MEMO_PLATFORM: "declared.platform",
}
CHARITIES = {Kind.CHARITY_PAYABLE, Kind.MEMO_CHARITY}


class Amount(NamedTuple):
    """An amount on an account of this kind and party; debits are positive."""

    kind: str
    party: str
    amount: int


def lines(amounts: Iterable[Amount], slugs: Mapping[str, str]) -> dict[str, int]:
    """Return minor units by line. `slugs`: of charities, by their ids.

    What is taken back is a line of its own: so no sum is ever below zero, and nothing that is added
    to a tree can make its total less.
    """
    found: dict[str, int] = {}
    for kind, party, amount in amounts:
        if line := _line(kind, party, amount, slugs):
            found[line] = found.get(line, 0) + abs(amount)
    return found


def content(row: LedgerTransaction, told: Mapping[str, int], nonce: str) -> dict[str, object]:
    """Return what a leaf says: to be hashed, and to be shown to its giver alone."""
    return {
        "contribution": str(row.subject),
        "transaction": str(row.pk),
        "kind": row.kind.removeprefix("contribution."),
        "lines": dict(told),
        "nonce": nonce,
    }


def tree(contents: Iterable[object]) -> list[dict[str, object]]:
    """Return the nodes of leaves, in their order."""
    return [check.leaf(one) for one in contents]


def _line(kind: str, party: str, amount: int, slugs: Mapping[str, str]) -> str:
    if kind == Kind.REFUND_LOSS:
        return "lost"
    name = LINES.get(Kind(kind), "")
    if name and kind in CHARITIES:
        name = f"{name}:{slugs[party]}"
    return f"returned.{name}" if name and amount > 0 else name
