"""What a simple model knows of contributions and of what is sent on: every balance worked out anew.

It has one line for each contribution and each amount that is sent on, and no ledger.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from economics.models import ArtistPayout, Contribution, Disbursement


@dataclass
class Line:
    """What the model knows of one contribution."""

    row: Contribution
    amount: int
    shares: dict[str, int]
    pooled: bool
    status: str = "declared"
    fee: int = 0
    case: str = ""
    over: dict[str, str] = field(default_factory=dict)

    def parts(self) -> dict[str, int]:
        """Share the net: whole cents first, then one each to the largest remainders."""
        exact = {
            name: Fraction((self.amount - self.fee) * bp, 10_000)
            for name, bp in self.shares.items()
        }
        found = {name: int(part) for name, part in exact.items()}
        while sum(found.values()) < self.amount - self.fee:
            found[max(sorted(exact), key=lambda name: exact[name] - found[name])] += 1
        return found

    def balances(self) -> Counter[str]:
        """Return what stands in the ledger for it."""
        parts, artist, charity = self.parts(), self.row.artist_id, self.row.charity_id
        if not self.pooled:
            if self.status in {"cancelled", "failed"}:
                return Counter()
            shared = {
                f"memo_artist:{artist}": -parts["artist"],
                f"memo_charity:{charity}": -parts["charity"],
                "memo_platform:": -parts["platform"],
            }
            return Counter({"memo_given:": self.amount} | shared)
        if self.status in {"refunded", "lost"}:
            return Counter({"provider_clearing:manual": -self.fee, "refund_loss:": self.fee})
        if self.status not in {"confirmed", "disputed"}:
            return Counter()
        apart = self.amount if self.status == "disputed" else 0
        return Counter(
            {
                "provider_clearing:manual": self.amount - self.fee - apart,
                "disputes_clearing:manual": apart,
                f"artist_payable:{artist}": -parts["artist"],
                f"charity_payable:{charity}": -parts["charity"],
                "platform_revenue:": -parts["platform"],
            }
        )

    def confirm(self, share: int) -> bool:
        """It has come in, less a fee; tells whether the site takes that."""
        fee = self.amount * share // 100
        open_ = {"declared", "failed"} if self.pooled else {"declared"}
        if self.status in open_ and fee <= (self.amount if self.pooled else 0):
            self.status, self.fee = "confirmed", fee
        return self.status == "confirmed"

    def refund(self) -> bool:
        """All of it goes back."""
        if self.pooled and self.status == "confirmed":
            self.status = "refunded"
        return self.status == "refunded"

    def dispute(self, case: str) -> bool:
        """A bank asks it back; one that is over may be told of again, a second one is refused."""
        if case in self.over:
            return True
        if self.pooled and self.status == "confirmed":
            self.status, self.case = "disputed", case
        return self.status == "disputed" and self.case == case

    def end(self, case: str, won: bool) -> bool:
        """A dispute ends."""
        if self.status == "disputed" and self.case == case:
            self.status, self.case = "confirmed" if won else "lost", ""
            self.over[case] = "won" if won else "lost"
            return True
        return self.over.get(case) == ("won" if won else "lost")

    def cancel(self, failed: bool) -> bool:
        """Nothing came."""
        if self.status == "declared" or (self.status == "failed" and not failed):
            self.status = "failed" if failed else "cancelled"
        return self.status in {"failed", "cancelled"}


@dataclass
class Out:
    """What the model knows of one amount that is sent on."""

    row: ArtistPayout | Disbursement
    amount: int
    status: str = "prepared"

    def balances(self) -> Counter[str]:
        """Return what stands in the ledger for it."""
        if self.status != "sent":
            return Counter()
        return Counter(
            {
                f"{self.row.PAYABLE}:{self.row.party}": self.amount,
                "provider_clearing:manual": -self.amount,
                f"{self.row.DISBURSED}:{self.row.party}": self.amount,
                "memo_sent:": -self.amount,
            }
        )

    def send(self) -> bool:
        """It has left."""
        if self.status == "prepared":
            self.status = "sent"
        return self.status == "sent"

    def fail(self) -> bool:
        """It did not arrive, whether it had left or not."""
        if self.status in {"prepared", "sent"}:
            self.status = "failed"
        return self.status == "failed"

    def withdraw(self) -> bool:
        """It is not to be sent."""
        if self.status == "prepared":
            self.status = "withdrawn"
        return self.status == "withdrawn"


def balances(lines: list[Line], outs: list[Out]) -> dict[str, int]:
    """Return every balance that is not zero."""
    found: Counter[str] = Counter()
    for one in [one.balances() for one in lines] + [one.balances() for one in outs]:
        found.update(one)
    return {key: amount for key, amount in found.items() if amount}


def free(lines: list[Line], outs: list[Out], payable: str) -> int:
    """Return what is owed on this account and not yet prepared to be sent."""
    waits = [
        one.amount
        for one in outs
        if one.status == "prepared" and f"{one.row.PAYABLE}:{one.row.party}" == payable
    ]
    return -balances(lines, outs).get(payable, 0) - sum(waits)
