"""Where machines may read somebody's pieces, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from assistant.models.consent import PROVIDER_CHARS, Mining, Where
from config.lib.archive import (
    ID,
    TIME,
    many,
    maybe,
    moment,
    one_of,
    row,
    text,
    thing,
)
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Track

AT_ONCE = 200  # pieces whose rows are read together

ANY: dict[str, Any] = {}
SCHEMA = row(
    "Where machines may read a piece of yours",
    track=ID,
    where=one_of("", *Where.values),
    mining=one_of("", *Mining.values),
    set_at=maybe(TIME),
    providers=many(
        thing(provider=text(PROVIDER_CHARS), given_at=TIME, withdrawn_at=maybe(TIME)),
    ),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    tracks = Track.everything.filter(owner=person).select_related("consent").order_by("pk")
    for track in tracks.prefetch_related("provider_consents").iterator(chunk_size=AT_ONCE):
        said, named = getattr(track, "consent", None), track.provider_consents.all()
        if said or named:
            yield {
                "track": str(track.pk),
                "where": said.where if said else "",
                "mining": said.mining if said else "",
                "set_at": moment(said.set_at) if said else None,
                "providers": [
                    {
                        "provider": one.provider,
                        "given_at": moment(one.given_at),
                        "withdrawn_at": moment(one.withdrawn_at),
                    }
                    for one in named
                ],
            }


def register_all() -> None:
    """Say what goes along of it."""
    register_section(Section("machines", "Where machines may read your pieces.", SCHEMA, _rows))
