"""The page of what an artist was given."""

from datetime import date
from typing import Any

from django.utils import timezone

from economics import days
from economics.earnings import drawing, selectors


def page(artist: Any, day: date | None, cursor: str = "") -> dict[str, Any]:
    """Return all it shows, as of the end of a day, with supporters from a place on; six queries."""
    before = days.end_of(day) if day else None
    found = selectors.sums(artist, before)
    return {
        "day": day,
        "sums": found,
        "plot": drawing.plot(found.months, day or timezone.localdate()),
        "months": found.months[::-1],
        "pieces": selectors.by_piece(artist, before),
        "charities": selectors.by_charity(artist, before),
        "supporters": selectors.supporters(artist, cursor),
        "others": selectors.others(artist),
        "is_further": bool(cursor),
    }
