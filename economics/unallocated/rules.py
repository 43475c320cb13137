"""When what is nobody's any more has waited long enough, and to whom it goes: never to the site."""

from calendar import monthrange
from datetime import datetime

from django.conf import settings

GIVER = "giver"


def goes_to() -> str:
    """Return `giver`, or the slug of the charity that it goes to."""
    return str(settings.NEXUS_UNALLOCATED_TO)


def waited_since(now: datetime) -> datetime:
    """Return the moment since which it has waited its months, as the calendar counts them."""
    months = now.year * 12 + now.month - 1 - int(settings.NEXUS_UNALLOCATED_MONTHS)
    year, month = divmod(months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)
