"""The tags of somebody's tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, NUMBER, maybe, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Tag, TrackTag
from tracks.models.tag import TAG_MAX

SCHEMA = row(
    "A tag on a track of yours, and whether you have said it or a machine",
    track=ID,
    name=text(TAG_MAX),
    kind=one_of(*Tag.Kind.values),
    source=one_of(*TrackTag.Source.values),
    state=one_of(*TrackTag.State.values),
    confidence=maybe(NUMBER),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    rows = TrackTag.objects.filter(track__owner=person, track__deleted_at=None)
    for each in rows.select_related("tag").order_by("track", "pk"):
        yield {
            "track": str(each.track_id),
            "name": each.tag.name,
            "kind": each.tag.kind,
            "source": each.source,
            "state": each.state,
            "confidence": each.confidence,
        }


def register_all() -> None:
    """Say what goes along of tags."""
    said = "The tags of your tracks, and what a machine has suggested."
    register_section(Section("tags", said, SCHEMA, _rows))
