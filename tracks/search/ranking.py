"""Which documents fit what is looked for, and in which order: queries of the index alone.

Those that fit best come first: whose title is what was looked for, whose title begins so, in whose
title and makers it stands, in which it stands anywhere, and last those in which a word stands that
differs by one letter. Within each, by standing. Each step is one look into an index that ends when
the page is full, so that the commonest word costs no more than a rare one.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from tracks.models import Document, KnownWord
from tracks.models.document import WORD_MAX
from tracks.search import words
from tracks.search.grammar import NOT, Chip, Wanted

EXACT, BEGINS, NAMES, ANYWHERE, NEARLY = range(5)
BROAD = 0.1  # a beginning that this share of all documents has is no help to find any
SHORT = 3  # letters: no longer beginning is as broad
ALIKE_MOST = 6  # words taken for one that was mistyped
REMEMBERED_S = 600


class Matches(Func):
    """Whether a tsvector fits a tsquery; the index of the column finds it."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class Sifted(Matches):
    """The same, written so that no index is asked: what nearly everything fits is tried last."""

    template = "(%(expressions)s) IS TRUE"


def matches(column: str, query: str, *, kind: type[Matches] = Matches) -> Func:
    """Return whether this column of a document fits a tsquery."""
    return kind(F(column), RawSQL("%s::tsquery", [query]))


@dataclass(frozen=True)
class Place:
    """Where a document stands in the order: the step that finds it, its standing, its id."""

    step: int
    standing: int
    pk: UUID

    @property
    def order(self) -> tuple[int, int, int]:
        """Return what the order goes by."""
        return self.step, -self.standing, -self.pk.int


def steps(wanted: Wanted, after: Place | None, most: int) -> list[QuerySet[Any, Any]]:
    """Return the queries of what fits, in their order, from a place on: rows of step, standing, id.

    Each has at most `most` rows. What a step finds, no later one finds again.
    """
    rows = with_chips(Document.objects.filter(kind=wanted.kind), wanted.chips)
    query = wanted.query
    if not query:
        return [_from(rows, ANYWHERE, after, most)]
    key = words.title_key(wanted.text)
    is_title = Q(title_key=key)
    begins = Q(title_key__startswith=key)
    found: list[tuple[int, QuerySet[Any]]] = []
    if key and not wanted.phrases:
        found.append((EXACT, rows.filter(is_title)))
        found.append((BEGINS, rows.filter(begins).exclude(is_title)))
        rows = rows.exclude(begins)
    named, anywhere = asked(wanted, "names"), asked(wanted, "words")
    found.append((NAMES, rows.filter(*named)))
    found.append((ANYWHERE, rows.filter(*anywhere).exclude(matches("names", query))))
    least = after.step if after else EXACT
    return [_from(rows, step, after, most) for step, rows in found if step >= least]


def nearly(wanted: Wanted, after: Place | None, most: int) -> list[Place]:
    """Return up to `most` places of what fits with one letter of a word changed, behind a place.

    What fits as it was written is not among them.
    """
    near = near_words(wanted)
    if not any(near):
        return []
    return [Place(*row) for row in _from(with_near(wanted, near), NEARLY, after, most)]


def near_words(wanted: Wanted) -> list[list[str]]:
    """Return known words that one letter makes of each word, for `with_near`."""
    return [_near(parts) for parts in wanted.terms]


def with_near(wanted: Wanted, near: list[list[str]]) -> QuerySet[Any]:
    """Return the documents that fit with these words instead, and not as it was written."""
    pairs = zip(wanted.terms, near, strict=True)
    either = [
        f"({' | '.join([words.query_of(parts), *map(words.quoted, others)])})"
        for parts, others in pairs
    ]
    rows = with_chips(Document.objects.filter(kind=wanted.kind), wanted.chips)
    rows = rows.filter(matches("words", " & ".join([*either, *wanted.phrases])))
    rows = rows.exclude(matches("words", wanted.query))
    key = words.title_key(wanted.text)
    return rows.exclude(title_key__startswith=key) if key else rows


def _near(parts: list[str]) -> list[str]:
    """Return known words that one letter makes of this one, those of its length first."""
    word = "".join(parts)
    if len(word) < words.TYPO_LETTERS or len(word) > WORD_MAX:
        return []
    shared = KnownWord.objects.filter(variants__overlap=words.variants_of(word)).exclude(word=word)
    known = shared.values_list("word", flat=True)
    found = [other for other in known if words.is_one_edit(word, other)]
    return sorted(found, key=lambda other: (len(other) != len(word), other))[:ALIKE_MOST]


def asked(wanted: Wanted, column: str) -> list[Func]:
    """Return what documents must fit: the words that narrow by the index, the broad ones after."""
    broad = {words.query_of(parts) for parts in wanted.terms if is_broad(parts)}
    narrow = [query for query in map(words.query_of, wanted.terms) if query not in broad]
    narrow += wanted.phrases
    found = [matches(column, " & ".join(narrow))] if narrow else []
    if broad:
        found.append(matches(column, " & ".join(sorted(broad)), kind=Sifted))
    return found


def is_broad(parts: list[str]) -> bool:
    """Tell whether so many documents have a word with this beginning that no index helps."""
    if sum(map(len, parts)) > SHORT:
        return False
    when = int(time.time() // REMEMBERED_S)
    return _estimate(words.query_of(parts), when) >= BROAD * max(_estimate("", when), 1)


@lru_cache(1024)
def _estimate(query: str, _when: int) -> float:
    """Return how many documents fit, as the planner's statistics have it; "" asks for all."""
    rows = Document.objects.order_by()
    if query:
        rows = rows.filter(matches("words", query))
    return float(json.loads(rows.explain(format="json"))[0]["Plan"]["Plan Rows"])


def with_chips(rows: QuerySet[Any], chips: tuple[Chip, ...]) -> QuerySet[Any]:
    """Return the documents that have what chips ask for."""
    groups: dict[str, list[Chip]] = {}
    for chip in chips:
        joined = chip.facet is not None and not chip.facet.several and not chip.negated
        groups.setdefault(chip.name if joined else f"{chip.pair}", []).append(chip)
    for group in groups.values():
        conditions = [chip.condition() for chip in group]
        query = " | ".join(f"({one.query})" for one in conditions if one.query)
        figures = Q()
        for one in conditions:
            figures |= one.figures or Q()
        if group[0].negated or group[0].name == NOT:
            if query:
                rows = rows.exclude(matches("words", query, kind=Sifted))
            if figures:
                rows = rows.exclude(figures)
            continue
        # One value of several may be named beat by beat and another not: then figures decide alone.
        if query and all(one.query for one in conditions):
            rows = rows.filter(matches("words", query))
        rows = rows.filter(figures)
    return rows


def _from(rows: QuerySet[Any], step: int, after: Place | None, most: int) -> QuerySet[Any, Any]:
    """Return rows of step, standing and id, in their order, behind a place of this step."""
    if after and after.step == step:
        # Written so that the index of the order can be walked from this place on.
        rows = rows.filter(standing__lte=after.standing)
        rows = rows.filter(Q(standing__lt=after.standing) | Q(pk__lt=after.pk))
    numbered: Any = rows.annotate(step=Value(step)).order_by("-standing", "-pk")
    found: QuerySet[Any, Any] = numbered.values_list("step", "standing", "pk")[:most]
    return found


def fitting(wanted: Wanted, after: Place | None, most: int) -> list[Place]:
    """Return up to `most` places behind a place, in one query, without what is nearly so."""
    if after and after.step == NEARLY:
        return []
    first, *others = steps(wanted, after, most)
    rows = first.union(*others, all=True)[:most] if others else first
    return sorted((Place(*row) for row in rows), key=lambda place: place.order)


def bound(seconds: float, more: Mapping[str, str]) -> None:
    """Let no query of this transaction take longer, nor run in several processes.

    A union's parts are then asked one after the other, and none that the page does not need.
    """
    wanted = {
        "statement_timeout": str(int(seconds * 1000)),
        "max_parallel_workers_per_gather": "0",
        **more,
    }
    settings = ", ".join("set_config(%s, %s, true)" for _ in wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", [word for pair in wanted.items() for word in pair])
