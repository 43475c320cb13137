"""An artist's tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, YES_OR_NO, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Track

SCHEMA = row(
    "A track",
    id=ID,
    slug=text(90),
    title=text(200),
    title_guessed=YES_OR_NO,
    description_md=text(20_000),
    visibility=one_of(*Track.Visibility.values),
    release_at=maybe(TIME),
    published_at=maybe(TIME),
    primary_version=maybe(ID),
    opens_lossless=YES_OR_NO,
    created_at=TIME,
    updated_at=TIME,
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    for track in Track.objects.filter(owner=person).order_by("pk").iterator():
        yield {
            "id": str(track.pk),
            "slug": track.slug,
            "title": track.title,
            "title_guessed": track.title_guessed,
            "description_md": track.description_md,
            "visibility": track.visibility,
            "release_at": moment(track.release_at),
            "published_at": moment(track.published_at),
            "primary_version": track.primary_version_id and str(track.primary_version_id),
            "opens_lossless": track.opens_lossless,
            "created_at": moment(track.created_at),
            "updated_at": moment(track.updated_at),
        }


def register_all() -> None:
    """Say what goes along of tracks."""
    sentence = "Your tracks: their titles, words, dates, and who may open them."
    register_section(Section("tracks", sentence, SCHEMA, _rows))
