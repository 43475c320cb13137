"""A deed for each event of money that is sent on."""

from collections.abc import Callable

from economics.charities import services as charities
from tests.factories.economics import confirm, declare, disburse, finance


def send() -> None:
    confirm(declare())
    disburse(200)


def fail() -> None:
    confirm(declare())
    charities.fail(disburse(200).pk, note="The account is closed.", by=finance())


DEEDS: dict[str, Callable[[], object]] = {
    "charity.disbursed": send,
    "charity.disbursement_failed": fail,
}
