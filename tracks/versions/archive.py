"""The versions of an artist's tracks, with their originals, in the archive of their data."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from config.lib import archive
from config.lib.archive import BYTES, COUNT, ID, MS, NUMBER, PATH, SHA256, TIME, maybe, moment, text
from config.lib.kept import Section, register_section
from media_pipeline.models import AudioFacts
from media_pipeline.models.asset import Source
from tracks.access import Person
from tracks.archive_paths import files_below, paths_of
from tracks.models import TrackVersion

FACTS = archive.thing(
    duration_ms=MS,
    sample_rate=COUNT | {"description": "Hz"},
    channels=COUNT,
    bit_depth=maybe(COUNT),
    bitrate=maybe(COUNT | {"description": "Bits per second"}),
    container=text(20),
    codec=text(40),
    loudness_lufs=maybe(NUMBER),
    true_peak_dbtp=maybe(NUMBER),
    lra=maybe(NUMBER),
    tags={"type": "object", "description": "What the file says of itself."},
)
SCHEMA = archive.grown(
    archive.row(
        "A version of a track",
        id=ID,
        track=ID,
        number=COUNT | {"maximum": 100_000},
        label=text(60),
        note_md=text(4000),
        status=archive.one_of(*TrackVersion.Status.values),
        hidden_at=maybe(TIME),
        created_at=TIME,
        filename=text(255),
        sha256=SHA256,
        size_bytes=BYTES,
        path=PATH,
        facts=maybe(FACTS),
    ),
    source_type=archive.one_of(*Source.values),
    source_url=text(2000),
    imported_at=maybe(TIME),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    paths = paths_of(person)
    versions = TrackVersion.objects.filter(track__owner=person)
    whole = versions.select_related("media__asset__facts").order_by("track_id", "number")
    for version in whole.defer("media__asset__facts__loudness_curve").iterator():
        asset = version.media.asset
        yield {
            "id": str(version.pk),
            "track": str(version.track_id),
            "number": version.number,
            "label": version.label,
            "note_md": version.note_md,
            "status": version.status,
            "hidden_at": moment(version.hidden_at),
            "created_at": moment(version.created_at),
            "filename": asset.filename,
            "sha256": asset.sha256,
            "size_bytes": asset.size_bytes,
            "path": paths.get(asset.key, ""),
            "facts": _facts(getattr(asset, "facts", None)),
            "source_type": asset.source_type,
            "source_url": asset.source_url,
            "imported_at": moment(asset.imported_at),
        }


def _facts(facts: AudioFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    told = {name: getattr(facts, name) for name in FACTS["properties"]}
    measured = ("loudness_lufs", "true_peak_dbtp", "lra")
    return told | {name: archive.figure(told[name]) for name in measured}


def register_all() -> None:
    """Say what goes along of versions."""
    sentence = "Every version of them with its original, byte for byte, and what was measured."
    files = partial(files_below, folder="originals")
    register_section(Section("versions", sentence, SCHEMA, _rows, files))
