"""Each step of a contribution, once: its cents in the ledger."""

import contextlib

import pytest

from config.lib.problems import Problem
from economics.contributions import rules, services
from economics.ledger import selectors
from economics.models import Contribution, Receipt
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db


def told(given: Contribution) -> dict[str, int]:
    """Return what the ledger holds, by the name of the account's party."""
    parties = {str(given.artist_id): "artist", str(given.charity_id): "charity"}
    found = {}
    for key, amount in selectors.balances().items():
        kind, party = key.split(":")
        if amount:
            found[f"{kind}:{parties.get(party, party)}"] = amount
    return found


def test_what_came_in_is_owed_to_the_cent_and_has_a_number() -> None:
    given = confirm(declare())
    assert told(given) == {
        "provider_clearing:manual": 1000,
        "artist_payable:artist": -700,
        "charity_payable:charity": -200,
        "platform_revenue:": -100,
    }
    assert given.receipt.number == 1
    assert confirm(declare()).receipt.number == 2


def test_shares_are_of_the_net() -> None:
    given = confirm(declare(), fee=33)
    assert rules.parts_of(given) == {"artist": 677, "charity": 193, "platform": 97}
    assert told(given) == {
        "provider_clearing:manual": 967,
        "artist_payable:artist": -677,
        "charity_payable:charity": -193,
        "platform_revenue:": -97,
    }


def test_a_refund_takes_back_all_but_the_fee() -> None:
    given = confirm(declare(), fee=33)
    services.refund(given.pk, reference="back 1")
    services.refund(given.pk, reference="back 1")
    assert told(given) == {"provider_clearing:manual": -33, "refund_loss:": 33}


@pytest.mark.parametrize("won", [True, False])
def test_a_dispute_is_held_apart_until_it_ends(won: bool) -> None:
    given = confirm(declare(), fee=33)
    before = told(given)
    services.dispute(given.pk, reference="case 1")
    assert told(given)["disputes_clearing:manual"] == 1000
    services.end_dispute(given.pk, won=won, reference="case 1")
    lost = {"provider_clearing:manual": -33, "refund_loss:": 33}
    assert told(given) == (before if won else lost)


def test_a_second_dispute_is_another_one() -> None:
    given = confirm(declare())
    for case in ("case 1", "case 2"):
        services.dispute(given.pk, reference=case)
        services.end_dispute(given.pk, won=True, reference=case)
    assert told(given)["provider_clearing:manual"] == 1000


@pytest.mark.parametrize("won", [True, False])
def test_what_comes_late_of_one_that_is_over_does_not_end_the_open_one(won: bool) -> None:
    given = confirm(declare())
    services.dispute(given.pk, reference="case 1")
    services.end_dispute(given.pk, won=True, reference="case 1")
    services.dispute(given.pk, reference="case 2")
    before = told(given)
    with contextlib.suppress(Problem):  # won once more is what was said; lost is not
        services.end_dispute(given.pk, won=won, reference="case 1")
    given.refresh_from_db()
    assert (given.status, told(given)) == (Contribution.Status.DISPUTED, before)


def test_what_never_came_is_cancelled_and_a_direct_memo_taken_back() -> None:
    given = declare(mode=Contribution.Mode.DIRECT)
    assert told(given) == {
        "memo_given:": 1000,
        "memo_artist:artist": -700,
        "memo_charity:charity": -200,
        "memo_platform:": -100,
    }
    services.cancel(given.pk)
    assert told(given) == {}
    with pytest.raises(Problem):
        confirm(given)


@pytest.mark.parametrize(
    ("step", "type"),
    [
        (lambda one: services.refund(one.pk, reference="x"), "not-confirmed"),
        (lambda one: services.dispute(one.pk, reference="x"), "not-confirmed"),
        (lambda one: services.end_dispute(one.pk, won=True, reference="x"), "not-disputed"),
        (lambda one: confirm(one, reference=" "), "reference-missing"),
        (lambda one: confirm(one, fee=1001), "fee-too-high"),
    ],
)
def test_a_step_out_of_turn_is_refused_and_nothing_is_written(step, type: str) -> None:  # type: ignore[no-untyped-def]
    given = declare()
    with pytest.raises(Problem) as refusal:
        step(given)
    assert refusal.value.type == type
    assert told(given) == {}
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("reference", ["x" * 200, "\u00e4" * 200])
def test_a_reference_as_long_as_there_can_be_is_written(reference: str) -> None:
    given = confirm(declare(), reference)
    services.dispute(given.pk, reference=reference)
    services.end_dispute(given.pk, won=True, reference=reference)
    services.refund(given.pk, reference=reference)
    assert told(given) == {}


def test_what_went_directly_has_no_fee_and_stays_as_it_was_declared() -> None:
    given = declare(mode=Contribution.Mode.DIRECT)
    with pytest.raises(Problem) as refusal:
        confirm(given, fee=1)
    assert refusal.value.type == "fee-too-high"
    given = confirm(given)
    assert rules.parts_of(given)["artist"] == -told(given)["memo_artist:artist"] == 700


def test_a_second_dispute_while_one_is_open_is_refused() -> None:
    given = confirm(declare())
    services.dispute(given.pk, reference="case 1")
    services.dispute(given.pk, reference="case 1")
    with pytest.raises(Problem) as refusal:
        services.dispute(given.pk, reference="case 2")
    assert refusal.value.type == "not-confirmed"


def test_a_longer_reference_is_refused() -> None:
    given = confirm(declare())
    for step in (services.refund, services.dispute):
        with pytest.raises(Problem) as refusal:
            step(given.pk, reference="x" * 201)
        assert refusal.value.type == "reference-too-long"


def test_everything_may_go_to_a_charity_alone() -> None:
    given = confirm(
        declare(artist=UserFactory.create(), artist_bp=0, charity_bp=10_000, platform_bp=0)
    )
    assert selectors.owed("charity_payable", charity().pk) == 1000
    assert "artist_payable:artist" not in told(given)
