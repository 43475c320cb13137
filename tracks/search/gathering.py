"""Which documents fit, in no order: to be counted, or because they are few and stand beside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from tracks.models import Document
from tracks.models.document import BESIDE
from tracks.search import ranking
from tracks.search.grammar import NOT, Wanted


def fits(wanted: Wanted) -> QuerySet[Any]:
    """Return the documents that fit as they are written, in no order."""
    return _written(Document.objects.filter(kind=wanted.kind), wanted)


def _written(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    rows = ranking.with_chips(rows, wanted.chips).order_by()
    return rows.filter(*ranking.asked(wanted, "words")) if wanted.query else rows


def is_narrow(wanted: Wanted) -> bool:
    """Tell whether some word or trait that is asked for is in few enough documents to begin with.

    Then all of them can be looked at; else an order is walked, and ends early.
    """
    words_narrow = not all(map(ranking.is_broad, wanted.terms)) or bool(wanted.phrases)
    chips = (chip for chip in wanted.chips if not chip.negated and chip.name != NOT)
    return words_narrow or any(chip.condition().query for chip in chips)


def fits_beside(wanted: Wanted, most: int) -> QuerySet[Any, Any]:
    """Return kinds and ids of what fits and is no track, at most so many of each kind."""
    place = Window(RowNumber(), partition_by="kind")
    rows = _written(Document.objects.filter(BESIDE), wanted).annotate(place=place)
    found: QuerySet[Any, Any] = rows.filter(place__lte=most).values_list("kind", "pk")
    return found


def beside(wanted: Wanted, kinds: Iterable[str], most: int) -> Iterable[tuple[str, str, UUID]]:
    """Return kinds, titles and ids of what is no track and has these words in its name.

    Of each kind the best so many.
    """
    columns = ("kind", "title_key", "pk")
    if is_narrow(wanted):
        rows = Document.objects.filter(BESIDE, *ranking.asked(wanted, "names")).order_by()
        best = Window(
            RowNumber(), partition_by="kind", order_by=[F("standing").desc(), F("pk").desc()]
        )
        found = rows.annotate(place=best).filter(place__lte=most).order_by("kind", "place")
        return found.values_list(*columns)
    named = Document.objects.filter(*ranking.asked(wanted, "names")).order_by("-standing", "-pk")
    first, *others = (named.filter(kind=kind).values_list(*columns)[:most] for kind in kinds)
    return first.union(*others, all=True)
