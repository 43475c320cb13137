"""The rows of charities, payouts and where artists are paid."""

from django.urls import reverse

from economics.charities.services import attach
from economics.models import ArtistPayout, DisbursementReceipt, PayLink
from social.models import User
from tests.contracts.permissions import Row
from tests.factories.economics import ask_payout, confirm, declare, disburse, finance, link_of

WORDS = {"kind": "words", "where": "Cash, at the concert."}
ROWS = [
    Row("charities", "GET", "", 200, 200, 200, 200),
    Row("charity", "GET", "", 200, 200, 200, 200),
    Row("charity-receipt", "GET", "", 200, 200, 200, 200),
    Row("api-charities", "GET", "", 200, 200, 200, 200),
    Row("api-charity", "GET", "", 200, 200, 200, 200),
    *(
        Row(route, "GET", "", 302, 200, 200, 200)
        for route in ("my-earnings", "my-earnings-csv", "my-payouts", "my-payouts-csv")
    ),
    Row("my-payouts", "POST", "", 302, 422, 422, 422, {"amount": "10"}),
    Row("my-payout-withdraw", "POST", "", 302, 404, 302, 404),
    Row("api-my-earnings", "GET", "", 401, 200, 200, 200),
    Row("api-my-payouts", "GET", "", 401, 200, 200, 200),
    Row("api-my-payouts", "POST", "", 401, 400, 400, 400),
    Row("api-my-payout", "DELETE", "", 401, 404, 204, 404),
    Row("api-my-pay-links", "GET", "", 401, 200, 200, 200),
    Row("api-my-pay-links", "POST", "", 401, 400, 400, 400),
    Row("api-my-pay-link", "DELETE", "", 401, 404, 204, 404),
    Row("my-pay-links", "GET", "", 302, 200, 200, 200),
    Row("my-pay-links", "POST", "", 302, 302, 302, 302, WORDS),
    Row("my-pay-link", "POST", "", 302, 404, 302, 404, {"do": "show"}),
]


def address(route: str, owner: User | None) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    match route:
        case "charity" | "api-charity":
            return reverse(route, args=["eff"])
        case "charity-receipt":
            return reverse(route, args=["eff", receipt().pk])
    if owner and route in {"my-pay-link", "api-my-pay-link"}:
        return reverse(route, args=[_link(owner).pk])
    if owner and route in {"my-payout-withdraw", "api-my-payout"}:
        return reverse(route, args=[_payout(owner).pk])
    return None


def _link(owner: User) -> PayLink:
    return PayLink.objects.of(owner).first() or link_of(owner)


def _payout(owner: User) -> ArtistPayout:
    if found := ArtistPayout.objects.filter(artist=owner).first():
        return found
    confirm(declare(owner, amount=10_000))
    return ask_payout(owner)


def receipt() -> DisbursementReceipt:
    """Return the file of a run that was sent."""
    if found := DisbursementReceipt.objects.first():
        return found
    confirm(declare())
    return attach(disburse(200).pk, data=b"Sent.", name="receipt.txt", by=finance())
