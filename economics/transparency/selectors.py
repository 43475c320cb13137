"""Computing the figures from the ledger, as of any day."""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Subquery

from economics.days import end_of
from economics.ledger import tallies
from economics.ledger.tallies import Moved
from economics.models import Batch, Charity, LedgerTransaction
from economics.proofs import selectors as proofs
from economics.transparency import rules

KEPT_SECONDS = 60
# Figures that take this long are told again for so many times as long, whatever came meanwhile.
LONG_SECONDS, PATIENCE = 0.5, 10


def figures(day: date | None = None) -> dict[str, Any]:
    """Return all figures, of what took effect until that day's end. Minor units."""
    moved = tallies.moved(end_of(day) if day else None)
    months: dict[str, list[Moved]] = defaultdict(list)
    charities: dict[str, list[Moved]] = defaultdict(list)
    for one in moved:
        months[one.month].append(one)
        if one.whose:
            charities[one.whose].append(one)
    named = Charity.objects.filter(pk__in=charities).order_by("name")
    return {
        "months": {month: _values(rules.MOVED, months[month]) for month in sorted(months)},
        "sums": _values(rules.MOVED, moved),
        "balances": _values((*rules.THERE, *rules.WHOSE), moved),
        "charities": [
            {"slug": slug, "name": name, **_values(rules.OF_CHARITY, charities[str(key)])}
            for key, slug, name in named.values_list("pk", "slug", "name")
        ],
        "declared": {
            "months": {month: _values(rules.SAID, months[month]) for month in sorted(months)},
            "sums": _values(rules.SAID, moved),
        },
    }


def kept_figures(day: date | None = None, newest: str = "") -> dict[str, Any]:
    """Return the figures as of now, or as they were when nothing had come since.

    `newest`, of `newest_written`, is asked for once for all that a page shows.
    """
    return _kept(f"money-figures:{day or ''}", newest, lambda: figures(day))


def kept_published(newest: str = "") -> dict[str, Any]:
    """Return the totals with their batches, likewise."""
    return _kept("money-published", newest, proofs.published)


def newest_written() -> str:
    """Return what is another word whenever something was written."""
    batches = Batch.objects.order_by("-number").values("number")[:1]
    written = LedgerTransaction.objects.order_by("-recorded_at", "-id")
    return str(written.values_list("pk", Subquery(batches)).first())


def _values(lines: tuple[rules.Line, ...], moved: list[Moved]) -> dict[str, int]:
    return {line.name: rules.value(line, moved) for line in lines}


def _kept(key: str, newest: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    now, last = time.time(), newest or newest_written()
    found = cache.get(key)
    if found and (found["last"] == last or now < found["until"]):
        told: dict[str, Any] = found["told"]
        return told
    told = make()
    took = time.time() - now
    until = now + PATIENCE * took if took >= LONG_SECONDS else now
    cache.set(key, {"last": last, "until": until, "told": told}, KEPT_SECONDS)
    return told
