"""Whatever happened with money, all who tell of it tell the same, to the cent."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.ids import token128
from config.lib.problems import Problem
from economics.books.checking import verify
from economics.charities import services as charities
from economics.contributions import services as contributions
from economics.contributions.rules import parts_of
from economics.earnings import selectors as earnings
from economics.ledger import selectors as ledger
from economics.models import ArtistPayout, Contribution, Disbursement, LedgerAccount
from economics.payouts import selectors as payable
from economics.payouts import services as payouts
from economics.proofs import services as proofs
from economics.unallocated import services as unallocated
from social.models import User
from tests.depth import depth
from tests.economics.contributions.test_finance import at
from tests.factories.economics import charity, declare, finance, link_of
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
SEEDS = depth(some=5, all_of_them=200)
STEPS = 24
SLUGS = ("eff", "wikimedia")
Kind = LedgerAccount.Kind


class History:
    """Deeds by chance; what is refused is refused."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.boss, self.other = finance(), finance()
        self.artists = [PublicTrackFactory.create().owner for _ in range(2)]
        self.links = {one.pk: link_of(one) for one in self.artists}
        self.giver = UserFactory.create()
        self.given: list[Contribution] = []
        self.deeds = [
            *([self.give] * 3),
            *([self.confirm] * 5),
            *(self.refund, self.dispute, self.end, self.end, self.cancel),
            *(self.run, self.run, self.ask, self.go_on, self.go_on, self.go_on),
            *(self.set_aside, self.sent_back, proofs.close),
        ]

    def play(self) -> None:
        """On the way one of the artists leaves, and what is theirs becomes nobody's."""
        self.some(10, [self.give, self.confirm])
        self.some(STEPS, self.deeds)
        User.objects.filter(pk=self.artists[0].pk).update(left_at=timezone.now())
        self.some(STEPS, [*self.deeds, *([self.set_aside] * 5), *([self.sent_back] * 9)])

    def some(self, count: int, deeds: list[Callable[[], Any]]) -> None:
        for _ in range(count):
            with suppress(Problem, IndexError):
                self.chance.choice(deeds)()

    def one(self, status: str = "") -> Contribution:
        rows = Contribution.objects.filter(**({"status": status} if status else {}))
        return self.chance.choice(list(rows))

    def give(self) -> None:
        first, second = sorted(self.chance.choices(range(10_001), k=2))
        declare(
            self.chance.choice(self.artists),
            self.chance.choice([1, 3, 1000, 12_345, 10**9]),
            charity=charity(self.chance.choice(SLUGS)),
            mode=self.chance.choice(["pooled", "pooled", "pooled", "direct"]),
            giver=self.chance.choice([self.giver, None]),
            country=self.chance.choice(["DE", "FR", ""]),
            **{"artist_bp": first, "charity_bp": second - first, "platform_bp": 10_000 - second},
        )

    def confirm(self) -> None:
        given = self.one("declared")
        fee = given.amount * self.chance.choice([0, 0, 3, 100]) // 100
        contributions.confirm(given.pk, reference="b", fee=fee if given.mode == "pooled" else 0)

    def refund(self) -> None:
        contributions.refund(self.one("confirmed").pk, reference="back")

    def dispute(self) -> None:
        contributions.dispute(self.one("confirmed").pk, reference="case")

    def end(self) -> None:
        won = self.chance.random() < 0.5
        contributions.end_dispute(self.one("disputed").pk, won=won, reference="case")

    def cancel(self) -> None:
        contributions.cancel(self.one("declared").pk, failed=self.chance.random() < 0.5)

    def run(self) -> None:
        to = charity(self.chance.choice(SLUGS))
        owed = ledger.owed(Kind.CHARITY_PAYABLE, to.pk)
        amount = owed * self.chance.choice([30, 100]) // 100
        charities.prepare(charity=to, amount=amount, key=token128(), by=self.boss)

    def ask(self) -> None:
        by = self.chance.choice(self.artists)
        amount = ledger.owed(Kind.ARTIST_PAYABLE, by.pk) * self.chance.choice([30, 100]) // 100
        payouts.ask(by=by, amount=amount, link=self.links[by.pk], key=token128())

    def go_on(self) -> None:
        of: Any = self.chance.choice([charities, payouts])
        model: Any = Disbursement if of is charities else ArtistPayout
        row = self.chance.choice(list(model.objects.all()))
        day = timezone.localdate() - timedelta(days=self.chance.choice([0, 0, 40]))
        if self.chance.random() < 0.6:
            of.send(row.pk, reference="t", sent_on=day, by=self.other)
        else:
            of.fail(row.pk, note="It came back.", by=self.other)

    def set_aside(self) -> None:
        unallocated.carry_out(timezone.now() + timedelta(days=self.chance.choice([0, 500])))

    def sent_back(self) -> None:
        owed = [key for key, amount in ledger.balances().items() if amount and "giver_" in key]
        unallocated.sent_back(UUID(self.chance.choice(owed).partition(":")[2]), reference="out")


@pytest.mark.parametrize("seed", range(SEEDS))
def test_all_who_tell_of_money_tell_the_same(seed: int, settings: Any) -> None:
    settings.NEXUS_TAX_RATES = {"DE": 1900, "FR": 2000}
    settings.NEXUS_PAYOUT_MINIMUM = "0.01"
    settings.NEXUS_MONEY = "pooled"
    settings.NEXUS_UNALLOCATED_TO = ["giver", "wikimedia"][seed % 2]
    history = History(seed)
    history.play()
    cache.clear()
    money = json.loads(Client().get("/transparency/money.json").content)
    of_all(money)
    of_charities(money["figures"])
    of_artists(money["figures"], history)
    of_batches(money)
    assert list(verify()) == []


def kinds() -> Counter[str]:
    """Return the sum of all accounts of each kind."""
    found: Counter[str] = Counter()
    for key, amount in ledger.balances().items():
        found[key.partition(":")[0]] += amount
    return found


def of_all(money: dict[str, Any]) -> None:
    """What came and went is what is there, and what is there is somebody's."""
    found, sums, there = kinds(), money["figures"]["sums"], money["figures"]["balances"]
    is_there = there["with_providers"] + there["in_dispute"]
    went = ("fees", "given_back", "dispute_lost", "sent_artists", "sent_charities", "sent_givers")
    assert sums["received"] + sums["funded"] - sum(sums[name] for name in went) == is_there
    assert is_there == found[Kind.PROVIDER_CLEARING] + found[Kind.DISPUTES_CLEARING]
    whose = ("artists", "charities", "tax", "givers")
    owed = sum(there[f"owed_{name}"] for name in whose) + there["unallocated"] + there["platform"]
    assert owed + there["operator"] + there["lost"] == is_there
    shared = sum(sums[name] for name in ("to_artists", "to_charities", "to_platform", "tax"))
    assert shared == sums["received"] - sums["fees"]
    rows = list(csv.DictReader(io.StringIO(Client().get("/transparency/money.csv").text)))
    for name, amount in (sums | money["figures"]["declared"]["sums"]).items():
        assert sum(int(row["minor_units"]) for row in rows if row["figure"] == name) == amount
    assert found[Kind.ROUNDING] == found[Kind.PROVIDER_FEES] == 0, "fees pass through"


def of_charities(figures: dict[str, Any]) -> None:
    """The page of each, what programs are told, runs that were sent, and the figures of all."""
    told = {one["slug"]: one for one in figures["charities"]}
    for row in Client().get("/api/v1/charities/").json()["results"]:
        of = told.get(row["slug"], Counter())
        names = ("owed", "declared")
        assert [row[f"{name}_cents"] for name in names] == [of[name] for name in names]
        assert row["disbursed_cents"] == of["sent"]
        assert row["received_cents"] == of["given"] - of["returned"] + of["passed_on"]
        runs = Disbursement.objects.filter(charity__slug=row["slug"], status="sent")
        assert runs.total() == row["disbursed_cents"]  # type: ignore[attr-defined]
    sums, there = figures["sums"], figures["balances"]
    for name, amount in (
        ("given", sums["to_charities"]),
        ("sent", sums["sent_charities"]),
        ("owed", there["owed_charities"]),
        ("declared", figures["declared"]["sums"]["declared_charities"]),
    ):
        assert sum(one[name] for one in told.values()) == amount, name


def of_artists(figures: dict[str, Any], history: History) -> None:
    """What each artist reads, in each of their pages and files, and the figures of all."""
    owed = sent = declared = aside = 0
    for artist in history.artists:
        balance, got = payable.balance(artist), earnings.sums(artist)
        total = got.total
        assert (got.owed, got.sent) == (balance.owed, balance.sent)
        pieces = sum(line.amount for line in earnings.by_piece(artist))
        assert pieces == total
        moved = list(payable.whole_statement(artist))
        assert (moved[-1].balance if moved else 0) == balance.owed
        set_aside = sum(one.amount for one in moved if one.kind.startswith("unallocated."))
        assert total == balance.owed + balance.sent - set_aside + got.declared
        rows = csv.DictReader(io.StringIO(at(artist).get("/me/earnings.csv").text.lstrip("\ufeff")))
        assert sum(round(float(row["your_part"]) * 100) for row in rows) == total
        assert balance.sent == ArtistPayout.objects.filter(artist=artist, status="sent").total()
        there = Contribution.objects.filter(artist=artist, status__in=("confirmed", "disputed"))
        parts = [parts_of(one)["artist"] for one in there.filter(mode="pooled")]
        assert sum(parts) == total - got.declared
        owed, sent = owed + balance.owed, sent + balance.sent
        declared, aside = declared + got.declared, aside - set_aside
    assert owed == figures["balances"]["owed_artists"]
    assert sent == figures["sums"]["sent_artists"]
    assert declared == figures["declared"]["sums"]["declared_artists"]
    gone_on = sum(one["passed_on"] for one in figures["charities"])
    there = figures["balances"]
    there_or_gone = there["unallocated"] + there["owed_givers"] + figures["sums"]["sent_givers"]
    assert aside == there_or_gone + gone_on


def of_batches(money: dict[str, Any]) -> None:
    """The published totals are the sum of the roots and what waits, and what the figures say."""
    summed: Counter[str] = Counter(money["waiting"])
    for batch in money["batches"]:
        summed.update(batch["sums"])
    totals, sums = money["totals"], money["figures"]["sums"]
    assert {line: amount for line, amount in summed.items() if amount} == {
        line: amount for line, amount in totals.items() if amount
    }
    for line, name in (
        *(("artists", "to_artists"), ("platform", "to_platform"), ("tax", "tax")),
        *(("fees", "fees"), ("lost", "refund_loss")),
    ):
        assert totals.get(line, 0) == sums[name], line
    for one in money["figures"]["charities"]:
        assert totals.get(f"charity:{one['slug']}", 0) == one["given"]
        assert totals.get(f"returned.charity:{one['slug']}", 0) == one["returned"]
