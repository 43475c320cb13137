"""An artist's tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, YES_OR_NO, grown, many, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Revision, Track
from tracks.models.described import AiMade, Form, Licence

AT_ONCE = 200  # tracks whose former addresses are read together

SCHEMA = grown(
    row(
        "A track",
        id=ID,
        slug=text(90),
        title=text(200),
        title_guessed=YES_OR_NO,
        description_md=text(20_000),
        former_slugs=many(text(90)),
        language=text(35),
        is_explicit=YES_OR_NO,
        content_warning=text(200),
        ai_made=one_of(*AiMade.values),
        is_sponsored=YES_OR_NO,
        licence=one_of(*Licence.values),
        isrc=text(12),
        iswc=text(11),
        lyrics=text(100_000),
        visibility=one_of(*Track.Visibility.values),
        release_at=maybe(TIME),
        published_at=maybe(TIME),
        primary_version=maybe(ID),
        opens_lossless=YES_OR_NO,
        created_at=TIME,
        updated_at=TIME,
        deleted_at=maybe(TIME),
    ),
    time_zone=text(60),
    form=one_of("", *Form.values),
)
REVISION = row(
    "What you said of a track before: each field that a save has changed",
    id=ID,
    track=ID,
    created_at=TIME,
    before={"type": "object"},
    after={"type": "object"},
    undoes=maybe(ID),
)
PLAIN = ("slug", "title", "title_guessed", "description_md", "visibility", "opens_lossless")
SAID = (
    *("language", "content_warning", "ai_made", "licence", "isrc", "iswc"),
    *("is_explicit", "is_sponsored", "time_zone", "form"),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    tracks = Track.everything.filter(owner=person).select_related("lyrics")
    tracks = tracks.prefetch_related("former_slugs").order_by("pk")
    for track in tracks.iterator(chunk_size=AT_ONCE):
        lyrics = getattr(track, "lyrics", None)
        yield {
            "id": str(track.pk),
            **{name: getattr(track, name) for name in (*PLAIN, *SAID)},
            "former_slugs": sorted(former.slug for former in track.former_slugs.all()),
            "lyrics": lyrics.text if lyrics else "",
            "release_at": moment(track.release_at),
            "published_at": moment(track.published_at),
            "primary_version": track.primary_version_id and str(track.primary_version_id),
            "created_at": moment(track.created_at),
            "updated_at": moment(track.updated_at),
            "deleted_at": moment(track.deleted_at),
        }


def _revisions(person: Person) -> Iterator[dict[str, Any]]:
    rows = Revision.objects.filter(track__owner=person).order_by("pk")
    for revision in rows.iterator():
        yield {
            "id": str(revision.pk),
            "track": str(revision.track_id),
            "created_at": moment(revision.created_at),
            "before": revision.before,
            "after": revision.after,
            "undoes": revision.undoes_id and str(revision.undoes_id),
        }


def register_all() -> None:
    """Say what goes along of tracks."""
    sentence = "Your tracks: their titles, words, dates, and who may open them."
    register_section(Section("tracks", sentence, SCHEMA, _rows))
    before = "What you said of your tracks before, save by save."
    register_section(Section("revisions", before, REVISION, _revisions))
