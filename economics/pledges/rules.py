"""When a month is over, for what is given each month."""

from calendar import monthrange
from datetime import datetime

from django.utils import timezone


def month_of(began: datetime, number: int) -> datetime:
    """Return the moment `number` months after it began: the same day, or the month's last one.

    Counted from the beginning each time, so that what began on the 31st falls due on 28 February
    and on 31 March. In the site's time zone.
    """
    local = timezone.localtime(began)
    months = local.year * 12 + local.month - 1 + number
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return local.replace(year=year, month=month + 1, day=min(local.day, last))


def next_after(began: datetime, moment: datetime) -> datetime:
    """Return the first month's day after a moment; those that have passed are left out."""
    local, then = timezone.localtime(began), timezone.localtime(moment)
    number = max(1, (then.year - local.year) * 12 + then.month - local.month)
    while month_of(began, number) <= moment:
        number += 1
    return month_of(began, number)
