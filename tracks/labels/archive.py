"""Somebody's labels, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, moment, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Label

SCHEMA = row(
    "A label",
    id=ID,
    slug=text(90),
    name=text(120),
    description_md=text(20_000),
    link=text(300),
    created_at=TIME,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    for label in Label.objects.filter(owner=person).order_by("pk").iterator():
        yield {
            "id": str(label.pk),
            "slug": label.slug,
            "name": label.name,
            "description_md": label.description_md,
            "link": label.link,
            "created_at": moment(label.created_at),
        }


def register_all() -> None:
    """Say what goes along of labels."""
    register_section(Section("labels", "Your labels: their names and pages.", SCHEMA, _rows))
