"""What somebody has brought from elsewhere, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import TIME, moment, row, text
from config.lib.kept import Section, register_section
from social.models import Imported, User

SCHEMA = row(
    "Something you have brought from another site: its name there and here",
    origin=text(120),
    local=text(64),
    created_at=TIME,
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for thing in Imported.objects.filter(owner=person).order_by("pk").iterator():
        yield {
            "origin": thing.origin,
            "local": thing.local,
            "created_at": moment(thing.created_at),
        }


def register_all() -> None:
    """Say what goes along of imports."""
    sentence = "What you have brought here from another site."
    register_section(Section("imported", sentence, SCHEMA, _rows))
