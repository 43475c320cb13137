"""The stems of an artist's versions, in the archive of their data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from config.lib.archive import BYTES, COUNT, ID, PATH, SHA256, TIME, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.archive_paths import files_below, paths_of
from tracks.models import Stem

SCHEMA = row(
    "A stem of a version",
    id=ID,
    version=ID,
    role=one_of(*Stem.Role.values),
    title=text(80),
    position=COUNT,
    created_at=TIME,
    filename=text(255),
    sha256=SHA256,
    size_bytes=BYTES,
    path=PATH,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    paths = paths_of(person)
    stems = Stem.objects.filter(version__track__owner=person).select_related("media__asset")
    for stem in stems.order_by("version_id", "position", "id").iterator():
        asset = stem.media.asset
        yield {
            "id": str(stem.pk),
            "version": str(stem.version_id),
            "role": stem.role,
            "title": stem.title,
            "position": stem.position,
            "created_at": moment(stem.created_at),
            "filename": asset.filename,
            "sha256": asset.sha256,
            "size_bytes": asset.size_bytes,
            "path": paths.get(asset.key, ""),
        }


def register_all() -> None:
    """Say what goes along of stems."""
    files = partial(files_below, folder="stems")
    register_section(Section("stems", "The stems of your versions.", SCHEMA, _rows, files))
