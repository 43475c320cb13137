"""What somebody was listening to, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import (
    BIGINT_MAX,
    MS,
    TIME,
    YES_OR_NO,
    many,
    moment,
    one_of,
    row,
    text,
    thing,
)
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import PlayQueue

SCHEMA = row(
    "Your queue; the keys of links in it are left out",
    items=many(thing(id=text(40), version=text(40))),
    current=text(40),
    position_ms=MS | {"maximum": BIGINT_MAX},
    shuffle=YES_OR_NO,
    repeat=one_of(*PlayQueue.Repeat.values),
    updated_at=TIME,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    for queue in PlayQueue.objects.filter(user=person):
        yield {
            "items": [
                {"id": str(item.get("id", "")), "version": str(item.get("version", ""))}
                for item in queue.items
            ],
            "current": queue.current,
            "position_ms": queue.position_ms,
            "shuffle": queue.shuffle,
            "repeat": queue.repeat,
            "updated_at": moment(queue.updated_at),
        }


def register_all() -> None:
    """Say what goes along of the queue."""
    register_section(Section("queue", "What you were listening to.", SCHEMA, _rows))
