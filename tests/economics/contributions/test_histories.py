"""Any history of contributions and of what is sent on: the ledger says what a simple model says.

Calls come in any order, out of turn, twice, and late; the model (`model.py`) takes them as well,
and both agree on what is refused. Steps of payouts and of runs to charities are among them.
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
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
from economics.charities import services as charities
from economics.contributions import services
from economics.ledger import selectors
from economics.models import ArtistPayout, Charity, Contribution, Disbursement, PayLink, Receipt
from economics.payouts import services as payouts
from social.models import User
from tests.depth import depth
from tests.economics.contributions.model import Line, Out, balances, free
from tests.factories.economics import charity, declare, finance, link_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

# In parts, each shorter than the time after which a test counts as stuck.
PARTS = depth(some=1, all_of_them=20)
HISTORIES = depth(some=40, all_of_them=500)
STEPS = 20
MOST = 3  # contributions at once: many steps of few find more than few of many
WHICH = st.integers(0, MOST - 1)
AMOUNTS = st.one_of(st.integers(1, 12), st.integers(1, 10**9))
CASES = st.sampled_from(["case 1", "case 2"])
CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
SHARES = st.one_of(st.just(100), st.integers(0, 110))


class Histories(RuleBasedStateMachine):
    """One history; all of it is rolled back at its end."""

    artist: User
    charity: Charity
    boss: User
    other: User  # of finance too: who prepares a run does not send it
    link: PayLink

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.outs: list[Out] = []
        self.calls: list[tuple[str, int, dict[str, Any]]] = []
        self.keys: set[str] = set()
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

    @rule(which=WHICH, share=SHARES)
    def prepare(self, which: int, share: int) -> None:
        """A run to the charity, or a payout that the artist asks for."""
        to = f"artist_payable:{self.artist.pk}" if which else f"charity_payable:{self.charity.pk}"
        amount = free(self.lines, self.outs, to) * share // 100
        self.call("prepare", which, to=to, amount=amount, key=f"{len(self.calls):022d}")

    @precondition(lambda self: self.outs)
    @rule(which=WHICH, step=st.sampled_from(["send", "send", "fail", "withdraw"]))
    def go_on(self, which: int, step: str) -> None:
        self.call(step, which)

    @rule(number=st.integers(0, 30))
    def once_more(self, number: int) -> None:
        """A call of before comes again, however late."""
        if self.calls:
            name, which, words = self.calls[number % len(self.calls)]
            self.call(name, which, **words)

    def call(self, name: str, which: int, **words: Any) -> None:
        """Take a step in the model and on the site: both do it, or both refuse it."""
        self.calls.append((name, which, words))
        if name == "prepare":
            about: Any = self
            expected = self.model_prepare(**words)
        else:
            rows: list[Any] = self.outs if hasattr(Out, name) else self.lines
            about = rows[-1 - which % len(rows)]
            expected = getattr(about, name)(**words)
        refused = ""
        try:
            getattr(self, f"site_{name}")(about, **words)
        except Problem as refusal:
            refused = refusal.detail
        assert expected == (not refused), f"{name} {words}: {refused or 'taken'}, {about}"
        known: list[Any] = [*self.lines, *self.outs]
        assert self.statuses() == {one.row.pk: one.status for one in known}

    def statuses(self) -> dict[UUID, str]:
        """Return how each stands on the site; one query, since there are very many steps."""
        rows: list[Any] = [Contribution.objects.filter(artist=self.artist)]
        rows += [Disbursement.objects.all(), ArtistPayout.objects.all()]
        first, *others = [found.order_by().values_list("pk", "status") for found in rows]
        return dict(first.union(*others, all=True))

    def site_confirm(self, line: Line, share: int) -> None:
        services.confirm(line.row.pk, reference="bank 1", fee=line.amount * share // 100)

    def site_refund(self, line: Line) -> None:
        services.refund(line.row.pk, reference="back 1")

    def site_dispute(self, line: Line, case: str) -> None:
        services.dispute(line.row.pk, reference=case)

    def site_end(self, line: Line, case: str, won: bool) -> None:
        services.end_dispute(line.row.pk, won=won, reference=case)

    def site_cancel(self, line: Line, failed: bool) -> None:
        services.cancel(line.row.pk, failed=failed)

    def model_prepare(self, to: str, amount: int, key: str) -> bool:
        """An artist has one payout that waits, a charity any number of runs."""
        if key in self.keys:
            return True
        waits = any(one.status == "prepared" for one in self.outs if one.row.OWNER == "artist")
        is_open = not (to.startswith("artist") and waits)
        return is_open and 0 < amount <= free(self.lines, self.outs, to)

    def site_prepare(self, _all: Any, to: str, amount: int, key: str) -> None:
        if to.startswith("artist"):
            row: Any = payouts.ask(by=self.artist, amount=amount, link=self.link, key=key)
        else:
            row = charities.prepare(charity=self.charity, amount=amount, key=key, by=self.boss)
        if key not in self.keys:
            self.keys.add(key)
            self.outs.append(Out(row, amount))

    def site_send(self, out: Out) -> None:
        words = {"reference": "transfer 1", "sent_on": timezone.localdate(), "by": self.other}
        self.of(out).send(out.row.pk, **words)

    def site_fail(self, out: Out) -> None:
        self.of(out).fail(out.row.pk, note="The account is closed.", by=self.other)

    def site_withdraw(self, out: Out) -> None:
        by = self.boss if isinstance(out.row, Disbursement) else self.artist
        self.of(out).withdraw(out.row.pk, by=by)

    def of(self, out: Out) -> Any:
        return charities if isinstance(out.row, Disbursement) else payouts

    @invariant()
    def the_ledger_sums_to_zero_and_says_what_the_model_says(self) -> None:
        with connection.cursor() as cursor:
            # Each transaction sums to zero, those that are pending among them.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        found = {key: amount for key, amount in selectors.balances().items() if amount}
        assert found == balances(self.lines, self.outs)
        assert sum(found.values()) == 0

    @invariant()
    def receipts_have_numbers_without_a_gap(self) -> None:
        numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.long("ten thousand histories, in test-deep")
@pytest.mark.parametrize("_part", range(PARTS))
def test_any_history_ends_in_the_ledger_of_the_model(_part: int, settings: Any) -> None:
    settings.NEXUS_PAYOUT_MINIMUM = "0.01"
    Histories.artist, Histories.boss, Histories.other = UserFactory.create(), finance(), finance()
    Histories.charity, Histories.link = charity(), link_of(Histories.artist)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Histories, settings=_machine(HISTORIES)
    )


def _machine(count: int) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,  # else each part would be the same
        suppress_health_check=list(HealthCheck),
    )
