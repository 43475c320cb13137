"""What somebody has sent, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import BYTES, ID, SHA256, TIME, grown, moment, one_of, row, text
from config.lib.kept import Section, register_section
from media_pipeline.models import Upload
from media_pipeline.models.asset import Source

SCHEMA = grown(
    row(
        "A file you have sent, or begun to",
        id=ID,
        filename=text(255),
        size_bytes=BYTES,
        sha256=SHA256 | {"description": "As the sender said."},
        state=one_of(*Upload.State.values),
        created_at=TIME,
        expires_at=TIME,
    ),
    source_type=one_of(*Source.values),
    source_url=text(2000),
)


def _rows(person: Any) -> Iterator[dict[str, Any]]:
    for upload in Upload.objects.filter(owner=person).order_by("pk").iterator():
        yield {
            "id": str(upload.pk),
            "filename": upload.filename,
            "size_bytes": upload.size,
            "sha256": upload.sha256,
            "state": upload.state,
            "created_at": moment(upload.created_at),
            "expires_at": moment(upload.expires_at),
            "source_type": upload.source_type,
            "source_url": upload.source_url,
        }


def register_all() -> None:
    """Say what goes along of uploads."""
    sentence = "What you have uploaded: names, sizes, times."
    register_section(Section("uploads", sentence, SCHEMA, _rows))
