"""What is compared of two tracks: their sound, and their notes."""

from typing import Any

from media_pipeline.storage import get_storage
from social.models import Note, Resolution
from tracks.models import Track


def sound_of(track: Track) -> dict[int, bytes]:
    versions = track.versions.select_related("media__asset")
    return {row.number: get_storage().read(row.media.asset.key) for row in versions}


def note_of(note: Note, at: dict[Any, int]) -> tuple[Any, ...]:
    places = note.placements.values_list("version__number", "at_ms", "until_ms", "confidence")
    words = (note.at_ms, note.until_ms, note.body_md, note.visibility, bool(note.removed_at))
    resolved = Resolution.objects.filter(note=note).values_list("version__number", flat=True)
    parent = note.parent and note.parent.body_md
    return (*words, note.created_at, at[note.version_id], parent, *sorted(places), *resolved)


def notes_of(track: Track) -> list[tuple[Any, ...]]:
    at = dict(track.versions.values_list("pk", "number"))
    return sorted((note_of(note, at) for note in track.notes.all()), key=repr)
