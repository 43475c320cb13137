"""Notes somebody has written, and those on their tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from config.lib import archive
from config.lib.archive import COUNT, ID, MS, TIME, YES_OR_NO, many, maybe, moment, text
from config.lib.kept import Section, register_section
from social.models import Note, Placement, User
from tracks.models import Track

AT_ONCE = 500  # notes whose placements are read together
JOINS = ("track", "version", "user", "guest", "assigned_to", "resolution__by")
WRITER = archive.thing(
    name=text(80),
    handle=maybe(text(30)) | {"description": "None for guests."},
    own=YES_OR_NO,
)
PLACEMENT = archive.thing(
    version=ID,
    at_ms=MS,
    until_ms=maybe(MS),
    carried_from=maybe(ID),
    confidence={"type": "number", "minimum": 0, "maximum": 1},
    changed=YES_OR_NO,
    lost=YES_OR_NO,
)
RESOLUTION = archive.thing(by=text(80), version=maybe(ID), created_at=TIME)
SCHEMA = archive.row(
    "A note or a reply: written by you anywhere, or by others on your tracks",
    id=ID,
    track=ID,
    track_title=text(200) | {"description": "Empty where you may not open it any more."},
    own_track=YES_OR_NO,
    version=ID,
    version_number=COUNT,
    parent=maybe(ID),
    at_ms=MS,
    until_ms=maybe(MS),
    body_md=text(10_000),
    writer=WRITER,
    attribution=text(80),
    visibility=archive.one_of(*Note.Visibility.values),
    assigned_to=maybe(text(30)),
    placements=many(PLACEMENT),
    resolution=maybe(RESOLUTION),
    created_at=TIME,
    edited_at=maybe(TIME),
    removed_at=maybe(TIME),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    """Yield them; of other people's tracks nothing is told that is not open to this person."""
    visible = Track.objects.visible_to(person).filter(pk=OuterRef("track"))
    shown = Q(version__hidden_at=None) | Q(version__track__owner=person)
    places = Placement.objects.filter(shown).order_by("version__number")
    notes = (
        Note.objects.filter(Q(user=person) | Q(track__owner=person))
        .annotate(opens=Exists(visible))
        .select_related(*JOINS)
        .prefetch_related(Prefetch("placements", places))
        .order_by("pk")
    )
    for note in notes.iterator(chunk_size=AT_ONCE):
        yield _row(note, person)


def _row(note: Any, person: User) -> dict[str, Any]:
    own_track = note.track.owner_id == person.pk
    helper = note.assigned_to if own_track or note.assigned_to_id == person.pk else None
    return {
        "id": str(note.pk),
        "track": str(note.track_id),
        "track_title": note.track.title if note.opens else "",
        "own_track": own_track,
        "version": str(note.version_id),
        "version_number": note.version.number,
        "parent": _id(note.parent_id),
        "at_ms": note.at_ms,
        "until_ms": note.until_ms,
        "body_md": note.body_md,
        "writer": _writer(note, person),
        "attribution": note.attribution,
        "visibility": note.visibility,
        "assigned_to": helper.handle if helper else None,
        "placements": [_placement(place) for place in note.placements.all()],
        "resolution": _resolution(note),
        "created_at": moment(note.created_at),
        "edited_at": moment(note.edited_at),
        "removed_at": moment(note.removed_at),
    }


def _writer(note: Any, person: User) -> dict[str, Any]:
    if note.user is None:
        return {"name": note.guest.name, "handle": None, "own": False}
    own = note.user_id == person.pk
    return {"name": note.user.name, "handle": note.user.handle, "own": own}


def _placement(place: Placement) -> dict[str, Any]:
    return {
        "version": str(place.version_id),
        "at_ms": place.at_ms,
        "until_ms": place.until_ms,
        "carried_from": _id(place.carried_from_id),
        "confidence": min(1.0, max(0.0, place.confidence)),
        "changed": place.changed,
        "lost": place.lost,
    }


def _resolution(note: Any) -> dict[str, Any] | None:
    found = getattr(note, "resolution", None)
    if found is None:
        return None
    by = found.by.name if note.opens else ""
    version = _id(found.version_id) if note.opens else None
    return {"by": by, "version": version, "created_at": moment(found.created_at)}


def _id(key: Any) -> str | None:
    return str(key) if key else None


def register_all() -> None:
    """Say what goes along of notes."""
    sentence = "Notes you have written anywhere, and those that others wrote on your tracks."
    register_section(Section("notes", sentence, SCHEMA, _rows))
