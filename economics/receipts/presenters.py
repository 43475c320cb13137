"""What a receipt says."""

from typing import Any

from babel import Locale

from economics.contributions.presenters import line, percent
from economics.models import Contribution, Receipt
from economics.money import LOCALE


def page(receipt: Receipt, given: Contribution) -> dict[str, Any]:
    """Return the context of a receipt."""
    return {
        "receipt": receipt,
        "given": given,
        "line": line(given),
        "country": Locale(LOCALE).territories.get(receipt.country, receipt.country),
        "rate": percent(receipt.tax_rate_bp),
        "is_back": given.status in (Contribution.Status.REFUNDED, Contribution.Status.LOST),
    }
