"""What was found, as pages and programs show it: the passage, its words marked, and its moment."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from assistant.chunks import stems
from assistant.chunks.selectors import searched_by
from assistant.meaning import matching, rules, selectors
from assistant.meaning.matching import Hit
from assistant.meaning.rules import Asked
from assistant.meaning.selectors import Read
from assistant.models import Chunk
from tracks.access import User
from tracks.cards import ListedTrack, listed
from tracks.models import TrackVersion
from tracks.search.registry import Found

BEFORE, SHOWN = 80, 240  # letters of a passage


def find(text: str, viewer: User, most: int, mode: str = matching.BOTH) -> list[Found]:
    """Return what answers and this person may open, dressed, the best first."""
    hits = _read_anew(matching.find(text, viewer, most, mode), viewer)
    read = {hit.read.pk: hit.read for hit in hits if hit.read}
    asked = Asked(stems.asked(text))
    asked.weigh([{word.stem for word in stems.words_of(one.text)} for one in read.values()])
    passages = {hit.track: hit.read for hit in hits if hit.read}
    rows = {row.pk: row for _, row in listed([hit.track for hit in hits])}
    numbers = _numbers(rows, passages)
    found = (_dressed(rows[hit.track], hit.read, asked) for hit in hits if hit.track in rows)
    return [replace(one, version=numbers.get(one.pk)) for one in found]


def _numbers(rows: dict[UUID, Any], passages: dict[UUID, Read]) -> dict[UUID, int]:
    """Return the numbers of the versions that passages are of, where these are no primary ones."""
    others = {
        one.source_id: track
        for track, one in passages.items()
        if one.source == Chunk.Source.TRANSCRIPT
        and track in rows
        and one.source_id
        and one.source_id != rows[track].primary_version_id
    }
    if not others:
        return {}
    versions = TrackVersion.objects.filter(pk__in=others).values_list("pk", "number")
    return {others[pk]: number for pk, number in versions}


def _read_anew(hits: list[Hit], viewer: User) -> list[Hit]:
    """Return what of a kept answer this person may still find; others as they are."""
    if not any(hit.is_kept for hit in hits):
        return hits
    open_to = searched_by(viewer).filter(pk__in=[hit.track for hit in hits])
    may = set(open_to.values_list("pk", flat=True))
    read = selectors.passages([hit.passage for hit in hits if hit.passage], viewer)
    return [
        replace(hit, read=read.get(hit.passage) if hit.passage else None)
        for hit in hits
        if hit.track in may and (hit.passage is None or hit.passage in read)
    ]


def _dressed(track: ListedTrack, passage: Read | None, asked: Asked) -> Found:
    url, artist = track.get_absolute_url(), track.artist
    if passage is None:
        return Found(track.pk, track.title, url, artist)
    words = list(stems.words_of(passage.text))
    hits = asked.hits({word.stem for word in words})
    best = rules.best_word(words, hits)
    begin = words[best].begin if best is not None else 0
    at_ms = moment(passage, begin)
    marks = [(word.begin, word.end) for word in words if word.stem in hits]
    return Found(
        *(track.pk, track.title, url, artist),
        at_ms=at_ms,
        end_ms=passage.end_ms,
        source=str(Chunk.Source(passage.source).label),
        parts=tuple(_parts(passage.text, marks, begin)),
    )


def moment(passage: Read, letter: int) -> int | None:
    """Return the moment at which a letter of a passage is said; of the passage, where none is."""
    before = [at_ms for place, at_ms in passage.times if place <= letter]
    return before[-1] if before else passage.at_ms


def _parts(text: str, marks: list[tuple[int, int]], begin: int) -> Iterator[tuple[str, bool]]:
    """Yield what stands around a letter, in parts: whether each was asked for."""
    first, last = _window(text, begin)
    if first:
        yield "…", False
    at = first
    for start, end in marks:
        if start >= at and end <= last:
            if text[at:start]:
                yield text[at:start], False
            yield text[start:end], True
            at = end
    if text[at:last]:
        yield text[at:last], False
    if last < len(text):
        yield "…", False


def _window(text: str, begin: int) -> tuple[int, int]:
    """Return where what is shown begins and ends: at blanks, where there are some."""
    if len(text) <= SHOWN:
        return 0, len(text)
    first = max(0, min(begin - BEFORE, len(text) - SHOWN))
    first = text.find(" ", first, begin) + 1 or first if first else 0
    last = min(len(text), first + SHOWN)
    last = last if last == len(text) else max(text.rfind(" ", begin + 1, last), 0) or last
    return first, last
