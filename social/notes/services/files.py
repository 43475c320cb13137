"""Bringing notes in from a CSV file: all of them or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages, live
from config.lib.problems import Problem
from social.models import Note, Placement, Resolution, User
from social.notes.formats.notes_csv import Wrong, read
from social.notes.formats.rows import REMOVED, RESOLVED, Row
from social.ownership import must_own
from tracks.models import Track, TrackVersion

BATCH = 1000  # rows a statement

Numbered = list[tuple[int, Row]]


@dataclass(frozen=True)
class Imported:
    """How many notes are new here, and how many were here already and stay as they are."""

    added: int
    known: int


class Refused(Problem):
    """Nothing was imported; `wrong` says which rows are to blame."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("unreadable-rows", "Nothing was imported.", status=422)
        self.wrong = sorted(wrong, key=lambda each: each.row)


@transaction.atomic
def import_notes(*, track: Track, by: User, data: bytes, number: int | None = None) -> Imported:
    """Add the notes of a file as `write` made it, for the versions it names or for one.

    They belong to `by`; who wrote them according to the file stays an attribution. A note that is
    here already stays as it is, so the same file twice changes nothing. Raises Refused, and the
    Problem `not-the-owner`.
    """
    must_own(track, by)
    Track.objects.locked(track.pk)
    rows, wrong = read(data)
    if not rows and not wrong:
        wrong = [Wrong(1, "There is no note in this file.")]
    keys = _Keys(track, rows)
    versions = _Versions(track, number)
    wrong += [*keys.check(rows), *versions.check(rows)]
    if wrong:
        raise Refused(wrong)
    new = [(keys.of(row), row) for _, row in rows if keys.of(row) not in keys.here]
    _add(track, by, new, keys, versions)
    kept_pages.forget(f"track:{track.pk}")
    transaction.on_commit(lambda: live.announce(f"notes-{track.pk}", "notes.changed"))
    return Imported(added=len(new), known=len(rows) - len(new))


class _Keys:
    """Under which id each row is or will be a note of this track.

    An id that is a note of another track's is not taken from it: the row gets one that follows
    from both, and so the same one the next time. So does a row without an id, from its words.
    """

    def __init__(self, track: Track, rows: Numbered) -> None:
        self.track = track
        own = {key for _, row in rows for key in (row.id, row.reply_to) if key}
        query = own | {self._derived(key) for key in own}
        known = Note.objects.filter(pk__in=query).values_list("pk", "track_id", "parent_id")
        self.foreign = {pk for pk, where, _ in known if where != track.pk}
        self.here: dict[UUID, UUID | None] = {
            pk: parent for pk, where, parent in known if where == track.pk
        }
        derived = [self.of(row) for _, row in rows if not row.id]
        again = Note.objects.filter(pk__in=derived, track=track)
        self.here.update(again.values_list("pk", "parent_id"))

    def of(self, row: Row) -> UUID:
        """Return the id of the row's note."""
        if row.id:
            return self.translate(row.id)
        return uuid5(
            self.track.pk, f"{row.version} {row.at_ms} {row.until_ms} {row.writer} {row.text}"
        )

    def translate(self, key: UUID) -> UUID:
        """Return the id by which a note of the file is known on this track."""
        return self._derived(key) if key in self.foreign else key

    def check(self, rows: Numbered) -> Iterator[Wrong]:
        """Yield ids that come twice, and replies to what is no note, or is a reply itself."""
        seen: dict[UUID, Row] = {}
        for number, row in rows:
            key = self.of(row)
            if key in seen:
                yield Wrong(number, "The same note is in an earlier row.")
            seen.setdefault(key, row)
        for number, row in rows:
            if row.reply_to is None:
                continue
            parent = self.translate(row.reply_to)
            if parent in seen and (seen[parent].reply_to or parent == self.of(row)):
                yield Wrong(number, "“reply_to” is a reply itself; answer the note it belongs to.")
            elif parent not in seen and self.here.get(parent, parent) is not None:
                yield Wrong(number, "“reply_to” is no note of this file or piece.")

    def _derived(self, key: UUID) -> UUID:
        return uuid5(self.track.pk, str(key))


class _Versions:
    """The versions that rows are for."""

    def __init__(self, track: Track, number: int | None) -> None:
        rows = TrackVersion.objects.filter(track=track).select_related("media__asset__facts")
        self.by_number = {row.number: row for row in rows}
        self.forced = number
        self.shown = next((row for row in rows if row.pk == track.primary_version_id), None)

    def of(self, row: Row) -> TrackVersion | None:
        """Return the version: the one chosen, the one named, or else the one that is shown."""
        number = self.forced or row.version
        return self.by_number.get(number) if number else self.shown

    def check(self, rows: Numbered) -> Iterator[Wrong]:
        """Yield rows for a version that is not there, or for a moment that is not in it."""
        for number, row in rows:
            version = self.of(row)
            if version is None:
                yield Wrong(number, f"There is no version {self.forced or row.version} here.")
                continue
            facts = getattr(version.media.asset, "facts", None)
            longest = facts.duration_ms if facts else None
            if longest is not None and max(row.at_ms, row.until_ms or 0) > longest:
                yield Wrong(number, f"Version {version.number} ends before this moment.")


def _add(
    track: Track,
    by: User,
    new: list[tuple[UUID, Row]],
    keys: _Keys,
    versions: _Versions,
) -> None:
    now = timezone.now()
    notes = []
    for key, row in sorted(new, key=lambda pair: pair[1].reply_to is not None):
        note = Note(
            pk=key,
            track=track,
            version=versions.of(row),
            user=by,
            attribution="" if row.writer in {by.name, by.handle} else row.writer,
            parent_id=keys.translate(row.reply_to) if row.reply_to else None,
            at_ms=row.at_ms,
            until_ms=row.until_ms,
            body_md="" if row.state == REMOVED else row.text.strip(),
            visibility=row.visibility,
            removed_at=now if row.state == REMOVED else None,
        )
        notes.append((note, row))
    Note.objects.bulk_create([note for note, _ in notes], batch_size=BATCH)
    dated = []
    for note, row in notes:
        if row.written_at:
            note.created_at = min(row.written_at, now)
            dated.append(note)
    Note.objects.bulk_update(dated, ["created_at"], batch_size=BATCH)
    roots = [(note, row) for note, row in notes if not note.parent_id]
    places = [
        Placement(note=n, version=n.version, at_ms=n.at_ms, until_ms=n.until_ms) for n, _ in roots
    ]
    Placement.objects.bulk_create(places, batch_size=BATCH)
    done = [Resolution(note=n, by=by, version=n.version) for n, r in roots if r.state == RESOLVED]
    Resolution.objects.bulk_create(done, batch_size=BATCH)
