"""What the page of a price begins with."""

from economics import money
from economics.sales.selectors import price_of
from tracks.models import Release, Track


def initial(thing: Track | Release) -> dict[str, str]:
    """Return what the form of a price begins with."""
    price = price_of(thing)
    if price is None:
        return {}
    return {"least": money.plain(price.least), "suggested": money.plain(price.suggested)}
