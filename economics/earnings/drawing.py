"""Bars of the last twelve months, as the numbers of a drawing: no script, no style in the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = 12
STEP, BAR, HEIGHT = 50, 34, 120  # units of the drawing


@dataclass(frozen=True)
class Bar:
    """One month: where its bar stands in the drawing, and what it says."""

    month: date
    amount: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """Return where its name stands."""
        return self.x + BAR // 2


@dataclass(frozen=True)
class Plot:
    """The bars, and the room they take."""

    bars: list[Bar]
    highest: int
    width: int = MONTHS * STEP
    height: int = HEIGHT
    bar: int = BAR


def plot(found: Iterable[tuple[date, int]], last: date) -> Plot:
    """Return a bar for each of the twelve months up to the one of `last`, empty ones too.

    A month in which more was given back than given has no bar; the table has its number.
    """
    amounts = dict(found)
    months = [_back(last, back) for back in range(MONTHS - 1, -1, -1)]
    highest = max(0, *(amounts.get(month, 0) for month in months))
    bars = []
    for place, month in enumerate(months):
        amount = amounts.get(month, 0)
        height = max(1, round(HEIGHT * amount / highest)) if amount > 0 else 0
        x = place * STEP + (STEP - BAR) // 2
        bars.append(Bar(month, amount, x, HEIGHT - height, height))
    return Plot(bars, highest)


def _back(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)
