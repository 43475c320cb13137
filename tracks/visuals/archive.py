"""The pictures and films of an artist's tracks, in the archive of their data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from config.lib.archive import BYTES, ID, PATH, SHA256, TIME, moment, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.archive_paths import files_below, paths_of
from tracks.models import TrackVisual

SCHEMA = row(
    "The picture or film of a track",
    id=ID,
    track=ID,
    created_at=TIME,
    filename=text(255),
    sha256=SHA256,
    size_bytes=BYTES,
    path=PATH,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    paths = paths_of(person)
    visuals = TrackVisual.objects.filter(track__owner=person).select_related("media__asset")
    for visual in visuals.order_by("pk").iterator():
        asset = visual.media.asset
        yield {
            "id": str(visual.pk),
            "track": str(visual.track_id),
            "created_at": moment(visual.created_at),
            "filename": asset.filename,
            "sha256": asset.sha256,
            "size_bytes": asset.size_bytes,
            "path": paths.get(asset.key, ""),
        }


def register_all() -> None:
    """Say what goes along of pictures and films."""
    sentence = "The pictures and films you have given your tracks."
    files = partial(files_below, folder="visuals")
    register_section(Section("visuals", sentence, SCHEMA, _rows, files))
