"""Where artists are paid, for themselves and for everybody."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from config.lib.cipher import Unreadable
from economics.models import PayLink


def own(artist: Any) -> list[PayLink]:
    """Return all of one's own, in the order in which they were added."""
    return _readable(PayLink.objects.of(artist))


def find_own(artist: Any, pk: UUID) -> PayLink | None:
    """Return one of one's own."""
    found = _readable(PayLink.objects.of(artist).filter(pk=pk))
    return found[0] if found else None


def pay_links_of(artist: Any) -> list[PayLink]:
    """Return those that everybody may read, in the order in which they were added."""
    return _readable(PayLink.objects.of(artist).public())


def _readable(rows: QuerySet[PayLink]) -> list[PayLink]:
    """Return rows with what is in them; where a key is lost, those that need none."""
    try:
        return list(rows)
    except Unreadable:
        return list(rows.exclude(address="").defer("words"))
