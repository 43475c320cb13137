"""Notes that everybody may read, as chapters of a piece in feeds."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F

from config.lib.markdown import excerpt
from social.models import Note
from social.notes.selectors.rows import writer_of
from tracks.feeds.registry import MOST, Chapter, Source, register
from tracks.models import Track

TITLE_CHARS = 80


def _having(tracks: Iterable[UUID]) -> set[UUID]:
    return set(_notes().filter(track__in=tracks).values_list("track", flat=True).distinct())


def _of(track: Track) -> list[Chapter]:
    notes = _notes().filter(track=track).select_related("user", "guest")
    placed = notes.annotate(at=F("placements__at_ms"), until=F("placements__until_ms"))
    return [_chapter(note) for note in placed.order_by("at", "pk")[:MOST]]


def _chapter(note: Any) -> Chapter:
    words, writer = excerpt(note.body_md, TITLE_CHARS), writer_of(note)
    return Chapter(note.at, note.until, f"{writer}: {words}" if writer else words)


def _notes() -> Any:
    """Return the notes of threads that are open, where they stand in what listeners get first."""
    notes = Note.objects.meant_for(AnonymousUser())
    open_ones = notes.filter(parent=None, removed_at=None, resolution=None)
    return open_ones.filter(
        placements__version=F("track__primary_version"), placements__lost=False
    ).order_by()


def register_all() -> None:
    """Give them to feeds."""
    register(Source(_having, _of))
