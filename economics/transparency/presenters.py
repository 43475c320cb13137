"""The figures as people and programs read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from economics.days import today
from economics.models import Charity
from economics.money import currency, digits, told
from economics.transparency import rules, selectors

# Columns of the table of months, each the sum of these figures.
COLUMNS = (
    ("Came in", ("received",)),
    ("Fees", ("fees",)),
    ("Artists", ("to_artists",)),
    ("Charities", ("to_charities",)),
    ("This site", ("to_platform", "tax")),
    ("Given back", ("given_back", "dispute_lost", "sent_givers")),
    ("Sent on", ("sent_artists", "sent_charities")),
)
NEVER_ZERO = {"owed_artists", "owed_charities", "with_providers"}


def page(day: date | None, wrong: str) -> dict[str, Any]:
    """Return what the page shows as of a day; `wrong`: what was asked for and is no day."""
    newest = selectors.newest_written()
    found = selectors.kept_figures(day, newest)
    months = reversed(found["months"].items())
    balances = found["balances"]
    return {
        "day": day or today(),
        "wrong": wrong,
        "is_direct": settings.NEXUS_MONEY == "direct",
        "there": _facts(rules.THERE, balances),
        "whose": _facts(rules.WHOSE, balances),
        "whole": told(sum(balances[line.name] for line in rules.THERE)),
        "sums": _facts(rules.MOVED, found["sums"]),
        "columns": [label for label, _ in COLUMNS],
        "months": [(date.fromisoformat(f"{month}-01"), _row(row)) for month, row in months],
        "charities": [_charity(one) for one in found["charities"]],
        "unallocated": _unallocated(),
        "declared": _facts(rules.SAID, found["declared"]["sums"]),
        "published": _published(newest),
    }


def program(day: date | None) -> dict[str, Any]:
    """Return the same for programs, in minor units, with every batch."""
    newest = selectors.newest_written()
    found = selectors.kept_figures(day, newest)
    return {
        **selectors.kept_published(newest),
        "as_of": (day or today()).isoformat(),
        "mode": settings.NEXUS_MONEY,
        "figures": found,
    }


def table(day: date | None) -> Iterator[tuple[str, str, int, str, int]]:
    """Yield rows of month, figure, minor units, currency and its decimals."""
    found = selectors.kept_figures(day)
    for months in (found["months"], found["declared"]["months"]):
        for month, row in months.items():
            for name, amount in row.items():
                yield month, name, amount, currency(), digits()


def _facts(lines: tuple[rules.Line, ...], values: dict[str, int]) -> list[tuple[str, str]]:
    """Return labels and amounts, without what is nothing."""
    shown = [line for line in lines if values[line.name] or line.name in NEVER_ZERO]
    return [(line.label, told(values[line.name])) for line in shown]


def _row(values: dict[str, int]) -> list[tuple[str, str]]:
    return [(label, told(sum(values[name] for name in names))) for label, names in COLUMNS]


def _charity(one: dict[str, Any]) -> dict[str, Any]:
    amounts = [(line.label, told(one[line.name])) for line in rules.OF_CHARITY]
    return {"slug": one["slug"], "name": one["name"], "amounts": amounts}


def _unallocated() -> dict[str, Any]:
    """Return the rule of what is nobody's any more."""
    charity = Charity.objects.filter(slug=settings.NEXUS_UNALLOCATED_TO).first()
    return {"months": settings.NEXUS_UNALLOCATED_MONTHS, "charity": charity}


def _published(newest: str) -> dict[str, Any]:
    found = selectors.kept_published(newest)
    last = found["batches"][-1] if found["batches"] else None
    return {"count": len(found["batches"]), "head": last and last["head"]}
