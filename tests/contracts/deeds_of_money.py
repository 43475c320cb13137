"""A deed for each event of money that is sent on."""

from collections.abc import Callable

from economics.charities import services as charities
from economics.models import ArtistPayout, Contribution
from economics.payouts import services as payouts
from tests.factories.economics import ask_payout, confirm, declare, disburse, finance, pay_out


def send() -> None:
    confirm(declare())
    disburse(200)


def fail() -> None:
    confirm(declare())
    charities.fail(disburse(200).pk, note="The account is closed.", by=finance())


def asked() -> ArtistPayout:
    confirm(declare(amount=10_000))
    return ask_payout(Contribution.objects.get().artist)


def pay() -> None:
    pay_out(asked())


def bounce() -> None:
    payouts.fail(asked().pk, note="The account is closed.", by=finance())


DEEDS: dict[str, Callable[[], object]] = {
    "charity.disbursed": send,
    "charity.disbursement_failed": fail,
    "payout.asked": asked,
    "payout.sent": pay,
    "payout.failed": bounce,
}
