"""Notes as the rows of a file, for one viewer."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from config.lib.problems import Problem
from social.models import Note, Placement
from social.notes.formats.notes_csv import ROWS_MOST
from social.notes.formats.rows import OPEN, REMOVED, RESOLVED, Row
from social.notes.rights import is_resolved
from social.notes.selectors.places import closed_versions, is_share_of, stand_ins
from social.viewers import Viewer
from tracks.models import Track, TrackVersion


def note_rows(track: Track, viewer: Viewer, version: TrackVersion | None = None) -> list[Row]:
    """Return what this viewer may read, threads in the order of time, replies behind their note.

    With a version, as the notes stand there; else each where it was written, or where that is
    hidden from this viewer, in a version that is not. Four queries at most. Raises the Problem
    `too-many-notes`.
    """
    notes = Note.objects.readable_by(viewer).filter(track=track).for_list()
    notes = notes.filter(Q(removed_at=None) | Q(parent=None, replies__isnull=False)).distinct()
    if version:
        here = Placement.objects.filter(version=version, lost=False).values("note")
        notes = notes.filter(Q(pk__in=here) | Q(parent__in=here))
    found = list(notes[: ROWS_MOST + 1])
    if len(found) > ROWS_MOST:
        sentence = f"A file holds at most {ROWS_MOST:,} notes. Choose one version."
        raise Problem("too-many-notes", sentence, status=409)
    closed = frozenset() if version else closed_versions(track, viewer)
    places = _places(version) if version else stand_ins(found, track, viewer, closed)
    return _threads(found, places, version.number if version else None, viewer, closed)


def _places(version: TrackVersion) -> dict[UUID, Placement]:
    rows = Placement.objects.filter(version=version).select_related("version")
    return {row.note_id: row for row in rows}


def _threads(
    notes: Iterable[Note],
    places: dict[UUID, Placement],
    number: int | None,
    viewer: Viewer,
    closed: frozenset[UUID],
) -> list[Row]:
    known = {note.pk: note for note in notes}

    def root_of(note: Note) -> Note:
        return known.get(note.parent_id, note) if note.parent_id else note

    def place(note: Note) -> tuple[int, int | None]:
        root = root_of(note)
        found = places.get(root.pk, root)
        return found.at_ms, found.until_ms

    def version_of(note: Note) -> int:
        shown = is_share_of(note.version, note.track, viewer, closed)
        if number or note.parent_id is None or not shown:
            root = root_of(note)
            return number or places.get(root.pk, root).version.number
        return note.version.number

    def order(note: Note) -> tuple[object, ...]:
        return (*place(note)[:1], note.parent_id or note.pk, bool(note.parent_id), note.pk)

    return [
        _row(note, *place(note), version_of(note))
        for note in sorted(known.values(), key=order)
        if not note.parent_id or note.parent_id in known
    ]


def _row(note: Note, at_ms: int, until_ms: int | None, version: int) -> Row:
    removed = note.removed_at is not None
    return Row(
        id=note.pk,
        reply_to=note.parent_id,
        version=version,
        at_ms=at_ms,
        until_ms=until_ms,
        state=REMOVED if removed else RESOLVED if is_resolved(note) else OPEN,
        writer="" if removed else writer_of(note),
        visibility=note.visibility,
        written_at=note.created_at,
        text="" if removed else note.body_md,
    )


def writer_of(note: Note) -> str:
    """Return the name to show: of the file it came with, or of whoever wrote it here."""
    if note.attribution:
        return note.attribution
    author = note.user or note.guest
    return author.name if author else ""
