"""The covers somebody gave their pieces and releases, in the archive of their data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from config.lib.archive import BYTES, ID, PATH, SHA256, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.archive_paths import files_below, paths_of
from tracks.models import Release, Track

KINDS: dict[str, Any] = {"track": Track, "release": Release}
SCHEMA = row(
    "The cover of a track or a release, as it was sent",
    kind=one_of(*KINDS),
    of=ID,
    filename=text(255),
    sha256=SHA256,
    size_bytes=BYTES,
    path=PATH,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    paths = paths_of(person)
    for kind, model in KINDS.items():
        covered = model.objects.filter(owner=person).exclude(cover=None)
        for thing in covered.select_related("cover__asset").order_by("pk").iterator():
            asset = thing.cover.asset
            yield {
                "kind": kind,
                "of": str(thing.pk),
                "filename": asset.filename,
                "sha256": asset.sha256,
                "size_bytes": asset.size_bytes,
                "path": paths.get(asset.key, ""),
            }


def register_all() -> None:
    """Say what goes along of covers."""
    sentence = "The covers you have given your tracks and releases."
    files = partial(files_below, folder="covers")
    register_section(Section("covers", sentence, SCHEMA, _rows, files))
