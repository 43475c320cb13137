"""The rows of charities, payouts and where artists are paid."""

from django.urls import reverse

from economics.charities.services import attach
from economics.models import DisbursementReceipt
from tests.contracts.permissions import Row
from tests.factories.economics import confirm, declare, disburse, finance

ROWS = [
    Row("charities", "GET", "", 200, 200, 200, 200),
    Row("charity", "GET", "", 200, 200, 200, 200),
    Row("charity-receipt", "GET", "", 200, 200, 200, 200),
    Row("api-charities", "GET", "", 200, 200, 200, 200),
    Row("api-charity", "GET", "", 200, 200, 200, 200),
]


def address(route: str) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    match route:
        case "charity" | "api-charity":
            return reverse(route, args=["eff"])
        case "charity-receipt":
            return reverse(route, args=["eff", receipt().pk])
    return None


def receipt() -> DisbursementReceipt:
    """Return the file of a run that was sent."""
    if found := DisbursementReceipt.objects.first():
        return found
    confirm(declare())
    return attach(disburse(200).pk, data=b"Sent.", name="receipt.txt", by=finance())
