"""The page of what an artist was given."""

from datetime import date
from typing import Any

from django.utils import timezone

from economics import days
from economics.earnings import drawing, selectors
from economics.payouts.selectors import balance


def page(artist: Any, day: date | None) -> dict[str, Any]:
    """Return all it shows, as of the end of a day; ten queries at most."""
    before = days.end_of(day) if day else None
    months = selectors.by_month(artist, before)
    named, others = selectors.supporters(artist)
    return {
        "day": day,
        "balance": balance(artist, before),
        "direct": selectors.direct(artist, before),
        "total": sum(amount for _month, amount in months),
        "plot": drawing.plot(months, day or timezone.localdate()),
        "months": months[::-1],
        "pieces": selectors.by_piece(artist, before),
        "charities": selectors.by_charity(artist, before),
        "supporters": named,
        "others": others,
    }
