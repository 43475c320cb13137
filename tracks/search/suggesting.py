"""What somebody may be about to type: names, tags and titles that begin so."""

from typing import Any
from uuid import UUID

from tracks.access import User
from tracks.models import Document
from tracks.search import ranking, words
from tracks.search.grammar import Wanted
from tracks.search.registry import KINDS, Found, Kind

SPARE = 8  # more than are wanted: some may be closed since


def suggestions(text: str, viewer: User, most: int = 8) -> list[tuple[Kind, Found]]:
    """Return things whose title begins with what was typed, or has it: names, tags, titles.

    Two queries, and one for each kind that is among them.
    """
    wanted = Wanted(text=text)
    key = words.title_key(text)
    if not key or not wanted.query:
        return []
    queries = []
    for name in KINDS:
        documents = Document.objects.filter(kind=name).order_by("-standing", "-pk")
        columns = ("kind", "title_key", "pk")
        begin = documents.filter(title_key__startswith=key)
        queries.append(begin.values_list(*columns)[: most + SPARE])
    first, *others = queries
    rows: list[Any] = list(first.union(*others, all=True))
    if len(rows) < most:
        asked = ranking.matches("names", wanted.query)
        more = [
            Document.objects.filter(asked, kind=name)
            .exclude(title_key__startswith=key)
            .order_by("-standing", "-pk")
            .values_list("kind", "title_key", "pk")[: most + SPARE]
            for name in KINDS
        ]
        rows += list(more[0].union(*more[1:], all=True))
    best = sorted(rows, key=lambda row: (row[1] != key, not row[1].startswith(key)))
    return _mixed(_dressed([(name, pk) for name, _, pk in best], viewer), most)


def _mixed(rows: list[tuple[Kind, Found]], most: int) -> list[tuple[Kind, Found]]:
    """Return up to `most`, at most half of them of one kind while others are there."""
    found: list[tuple[Kind, Found]] = []
    spare: list[tuple[Kind, Found]] = []
    for kind, row in rows:
        of_kind = sum(1 for other, _ in found if other is kind)
        (found if of_kind < most // 2 else spare).append((kind, row))
    return [*found, *spare][:most]


def _dressed(pairs: list[tuple[str, UUID]], viewer: User) -> list[tuple[Kind, Found]]:
    by_kind: dict[str, list[UUID]] = {}
    for name, pk in pairs:
        by_kind.setdefault(name, []).append(pk)
    there: dict[UUID, Any] = {}
    for name, keys in by_kind.items():
        there |= {found.pk: found for found in KINDS[name].dress(keys, viewer)}
    return [(KINDS[name], there[pk]) for name, pk in pairs if pk in there]
