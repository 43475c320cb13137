"""Any history of contributions: the ledger sums to zero, and says what a simple model says.

Calls come in any order, out of turn, twice, and late; the model keeps one line for each
contribution and works every balance out anew from these. `Histories` is where steps of payouts and
disbursements belong: a rule each, and their part in `Line.balances`.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.lib.problems import Problem
from economics.contributions import services
from economics.ledger import selectors
from economics.models import Contribution, LedgerEntry, Receipt
from social.models import User
from tests.depth import depth
from tests.factories.economics import charity, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

HISTORIES = depth(some=40, all_of_them=10_000)
STEPS = 20
MOST = 3  # contributions at once: many steps of few find more than few of many
WHICH = st.integers(0, MOST - 1)
AMOUNTS = st.one_of(st.integers(1, 12), st.integers(1, 10**9))
CASES = st.sampled_from(["case 1", "case 2"])
CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))


@dataclass
class Line:
    """What the model knows of one contribution."""

    given: Contribution
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
        parts, artist, charity = self.parts(), self.given.artist_id, self.given.charity_id
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


class Histories(RuleBasedStateMachine):
    """One history; all of it is rolled back at its end."""

    artist: User

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.calls: list[tuple[str, int, dict[str, Any]]] = []
        self.history = transaction.atomic()
        self.history.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.history.__exit__(None, None, None)

    @initialize(amount=AMOUNTS, cuts=CUTS, share=st.integers(0, 100))
    def begin(self, amount: int, cuts: tuple[int, int], share: int) -> None:
        self.give(amount, cuts, pooled=True)
        self.call("confirm", 0, share=share)

    @precondition(lambda self: len(self.lines) < MOST)
    @rule(amount=AMOUNTS, cuts=CUTS, pooled=st.booleans())
    def give(self, amount: int, cuts: tuple[int, int], pooled: bool) -> None:
        first, second = sorted(cuts)
        shares = {"artist": first, "charity": second - first, "platform": 10_000 - second}
        words = {f"{name}_bp": bp for name, bp in shares.items()}
        mode = Contribution.Mode.POOLED if pooled else Contribution.Mode.DIRECT
        given = declare(self.artist, amount, mode=mode, **words)
        self.lines.append(Line(given, amount, shares, pooled))

    @rule(which=WHICH, share=st.integers(0, 110))
    def confirm(self, which: int, share: int) -> None:
        self.call("confirm", which, share=share)

    @rule(which=WHICH)
    def refund(self, which: int) -> None:
        self.call("refund", which)

    @rule(which=WHICH, case=CASES)
    def dispute(self, which: int, case: str) -> None:
        self.call("dispute", which, case=case)

    @rule(which=WHICH, case=CASES, won=st.booleans())
    def end_dispute(self, which: int, case: str, won: bool) -> None:
        self.call("end", which, case=case, won=won)

    @rule(which=WHICH, failed=st.booleans())
    def cancel(self, which: int, failed: bool) -> None:
        self.call("cancel", which, failed=failed)

    @rule(number=st.integers(0, 30))
    def once_more(self, number: int) -> None:
        """A call of before comes again, however late."""
        if self.calls:
            name, which, words = self.calls[number % len(self.calls)]
            self.call(name, which, **words)

    def call(self, name: str, which: int, **words: Any) -> None:
        """Take a step in the model and on the site: both do it, or both refuse it."""
        if not self.lines:
            return
        self.calls.append((name, which, words))
        line = self.lines[which % len(self.lines)]
        expected = getattr(self, f"model_{name}")(line, **words)
        try:
            getattr(self, f"site_{name}")(line, **words)
        except Problem:
            assert not expected, f"{name} {words} was refused, {line}"
        else:
            assert expected, f"{name} {words} was taken, {line}"
        assert Contribution.objects.get(pk=line.given.pk).status == line.status

    def site_confirm(self, line: Line, share: int) -> None:
        services.confirm(line.given.pk, reference="bank 1", fee=line.amount * share // 100)

    def model_confirm(self, line: Line, share: int) -> bool:
        fee = line.amount * share // 100
        open_ = {"declared", "failed"} if line.pooled else {"declared"}
        if line.status in open_ and fee <= line.amount:
            line.status, line.fee = "confirmed", fee if line.pooled else 0
        return line.status == "confirmed"

    def site_refund(self, line: Line) -> None:
        services.refund(line.given.pk, reference="back 1")

    def model_refund(self, line: Line) -> bool:
        if line.pooled and line.status == "confirmed":
            line.status = "refunded"
        return line.status == "refunded"

    def site_dispute(self, line: Line, case: str) -> None:
        services.dispute(line.given.pk, reference=case)

    def model_dispute(self, line: Line, case: str) -> bool:
        if case in line.over:
            return True
        if line.pooled and line.status == "confirmed":
            line.status, line.case = "disputed", case
        return line.status == "disputed"

    def site_end(self, line: Line, case: str, won: bool) -> None:
        services.end_dispute(line.given.pk, won=won, reference=case)

    def model_end(self, line: Line, case: str, won: bool) -> bool:
        if line.status == "disputed" and line.case == case:
            line.status, line.case = "confirmed" if won else "lost", ""
            line.over[case] = "won" if won else "lost"
            return True
        return line.over.get(case) == ("won" if won else "lost")

    def site_cancel(self, line: Line, failed: bool) -> None:
        services.cancel(line.given.pk, failed=failed)

    def model_cancel(self, line: Line, failed: bool) -> bool:
        if line.status == "declared" or (line.status == "failed" and not failed):
            line.status = "failed" if failed else "cancelled"
        return line.status in {"failed", "cancelled"}

    @invariant()
    def the_ledger_sums_to_zero_and_says_what_the_model_says(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert LedgerEntry.objects.all().total() == 0
        wanted: Counter[str] = Counter()
        for line in self.lines:
            wanted.update(line.balances())
        found = {key: amount for key, amount in selectors.balances().items() if amount}
        assert found == {key: amount for key, amount in wanted.items() if amount}

    @invariant()
    def receipts_have_numbers_without_a_gap(self) -> None:
        numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.long("ten thousand histories, in test-deep")
def test_any_history_ends_in_the_ledger_of_the_model() -> None:
    charity()
    Histories.artist = UserFactory.create()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
