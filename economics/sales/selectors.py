"""Finding what a piece costs."""

from economics.models import Contribution, Price
from tracks.models import Given, Release, Track

COLUMNS = {Track: [f"gives_{what}" for what in Given.values], Release: ["download"]}


def price_of(thing: Track | Release) -> Price | None:
    """Return what a copy of a piece costs; None where it is not for sale."""
    kind = "release" if isinstance(thing, Release) else "track"
    found: Price | None = Price.objects.filter(**{kind: thing.pk}).first()
    return found


def is_open_to(thing: Track | Release, audience: str) -> bool:
    """Tell whether its owner has chosen this audience for any kind of file. No query."""
    return any(getattr(thing, column) == audience for column in COLUMNS[type(thing)])


def unclaimed(key: str) -> Contribution | None:
    """Return what somebody without an account has bought, by the key of its page."""
    rows = Contribution.objects.filter(buys=True, giver=None).select_related("track", "release")
    found: Contribution | None = rows.filter(key=key).first()
    return found
