"""A deed for each event of money: what is given, and what is sent on."""

from collections.abc import Callable

from economics.charities import services as charities
from economics.contributions import services as contributions
from economics.models import ArtistPayout, Contribution, Pledge
from economics.payouts import services as payouts
from economics.pledges import services as pledges
from tests.contracts.given import begin_for
from tests.factories.economics import ask_payout, confirm, declare, disburse, finance, pay_out
from tests.factories.social import UserFactory


def send() -> None:
    confirm(declare())
    disburse(200)


def fail() -> None:
    confirm(declare())
    charities.fail(disburse(200).pk, note="The account is closed.", by=finance())


def give_back() -> None:
    contributions.refund(confirm(declare()).pk, reference="back 1")


def ask_back() -> None:
    contributions.dispute(confirm(declare()).pk, reference="case 1")


def end_asking() -> None:
    given = confirm(declare())
    contributions.dispute(given.pk, reference="case 1")
    contributions.end_dispute(given.pk, won=True, reference="case 1")


def pledge() -> Pledge:
    return begin_for(UserFactory.create(), UserFactory.create())


def pause() -> None:
    begun = pledge()
    pledges.pause(begun, by=begun.giver)


def end_pledge() -> None:
    pledges.cancel(pledge(), by=None)


def asked() -> ArtistPayout:
    confirm(declare(amount=10_000))
    return ask_payout(Contribution.objects.get().artist)


def pay() -> None:
    pay_out(asked())


def bounce() -> None:
    payouts.fail(asked().pk, note="The account is closed.", by=finance())


DEEDS: dict[str, Callable[[], object]] = {
    "contribution.declared": declare,
    "contribution.confirmed": lambda: confirm(declare()),
    "contribution.refunded": give_back,
    "contribution.disputed": ask_back,
    "contribution.dispute_ended": end_asking,
    "contribution.cancelled": lambda: contributions.cancel(declare().pk),
    "pledge.begun": pledge,
    "pledge.changed": pause,
    "pledge.ended": end_pledge,
    "charity.disbursed": send,
    "charity.disbursement_failed": fail,
    "payout.asked": asked,
    "payout.sent": pay,
    "payout.failed": bounce,
}
