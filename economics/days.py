"""Days of the books: they begin and end at midnight of the site's time zone."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def day_of(moment: datetime) -> date:
    """Return the day on which something took effect, as the books tell it."""
    return timezone.localtime(moment).date()


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over: a balance as of that day is of what is before."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def today() -> date:
    """Return the day it is."""
    return timezone.localdate()


def read_day(words: str) -> date | None:
    """Return the day that somebody wrote as `2026-11-30`; None for anything else.

    The last day there is has no day after it, by which its end could be told.
    """
    try:
        found = date.fromisoformat(words.strip())
    except ValueError:
        return None
    return found if date(1970, 1, 2) <= found < date(9999, 1, 1) else None
