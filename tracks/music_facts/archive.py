"""Tempo and key of somebody's tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from config.lib.archive import ID, NUMBER, maybe, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Track

SCHEMA = row(
    "Tempo and key of a track; without confidence where you have said them yourself",
    track=ID,
    bpm=maybe(NUMBER),
    bpm_confidence=maybe(NUMBER),
    music_key=text(4),
    music_key_confidence=maybe(NUMBER),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    known = ~Q(bpm=None) | ~Q(music_key="")
    for track in Track.objects.filter(known, owner=person).order_by("pk").iterator():
        yield {
            "track": str(track.pk),
            "bpm": None if track.bpm is None else float(track.bpm),
            "bpm_confidence": track.bpm_confidence,
            "music_key": track.music_key,
            "music_key_confidence": track.music_key_confidence,
        }


def register_all() -> None:
    """Say what goes along of tempo and key."""
    said = "Tempo and key of your tracks, as measured or as you have said them."
    register_section(Section("music", said, SCHEMA, _rows))
