"""A charity with its figures, as pages and programs are told of it."""

from dataclasses import dataclass
from datetime import datetime

from economics.charities.selectors import Totals, shown, totals
from economics.models import Charity


@dataclass(frozen=True)
class Told:
    """One charity and what went through this site for it."""

    charity: Charity
    totals: Totals


def all_of(before: datetime | None = None) -> list[Told]:
    """Return each charity with its totals as of a moment; two queries."""
    found = totals(before)
    return [Told(one, found.get(str(one.pk), Totals())) for one in shown()]


def one_of(charity: Charity, before: datetime | None = None) -> Told:
    """Return one with its totals as of a moment."""
    return Told(charity, totals(before).get(str(charity.pk), Totals()))
