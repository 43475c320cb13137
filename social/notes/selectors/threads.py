"""Finding the notes of a version, as one viewer sees them."""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.safestring import SafeString

from config.lib.markdown import to_html
from social.models import Note, Placement
from social.notes.rights import Rights, is_resolved
from tracks import access
from tracks.models import TrackVersion

PAGE_SIZE = 100  # threads
HUES = 12


@dataclass(frozen=True)
class Filters:
    """What part of the notes is asked for; an empty word leaves nothing out."""

    state: str = ""  # open | resolved
    by: str = ""  # id of a person or a guest: wrote it, or has it to see to
    written: str = ""  # number of the version it was written on

    def __bool__(self) -> bool:
        return bool(self.state or self.by or self.written)

    def narrow(self, rights: Rights) -> Q:
        """Return the condition on the first note of a thread; Http404 for nonsense."""
        query = Q()
        if self.state:
            query &= Q(resolution=None) if self.state == "open" else ~Q(resolution=None)
        if self.by:
            person = _uuid(self.by)
            query &= Q(user_id=person) | Q(guest_id=person) | Q(assigned_to_id=person)
        if self.written:
            known = Q() if rights.is_owner else Q(version__hidden_at=None)
            known &= Q(version__in=TrackVersion.objects.undenied(rights.viewer.user))
            query &= known & Q(version__number=_number(self.written))
        return query


@dataclass(frozen=True)
class ShownNote:
    """One note as it is told to one viewer: `placement` only for the first of a thread."""

    note: Note
    rights: Rights
    placement: Placement | None = None
    replies: list["ShownNote"] = field(default_factory=list)

    @property
    def writer(self) -> str:
        """Return the name of who wrote it; for one brought in, by what its file says."""
        return self.note.attribution or str((self.note.user or self.note.guest).name)  # type: ignore[union-attr]

    @property
    def initials(self) -> str:
        """Return up to two letters for a small disc."""
        words = [word for word in self.writer.split() if word[0].isalnum()] or [self.writer]
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()

    @property
    def hue(self) -> int:
        """Return 0–11, always the same for one person."""
        return zlib.crc32(str(self._person).encode()) % HUES

    @property
    def _person(self) -> object:
        return self.note.attribution or self.note.user_id or self.note.guest_id

    @property
    def html(self) -> SafeString:
        """Return the words, safe to show."""
        return to_html(self.note.body_md)

    @property
    def state(self) -> str:
        """Return open or resolved."""
        return "resolved" if is_resolved(self.note) else "open"

    @property
    def is_carried(self) -> bool:
        """Tell whether it was written on another version than the one shown."""
        placed = self.placement
        return placed is not None and placed.version_id != self.note.version_id

    @property
    def written_on(self) -> int | None:
        """Return the number of the version it was written on; None where that is not told."""
        return self._number_of(self.note.version, "tells_written")

    @property
    def answered_in(self) -> int | None:
        """Return the number of the version it was answered in; None where that is not told."""
        found = self.note.resolution.version if is_resolved(self.note) else None
        return self._number_of(found, "tells_answered")

    def _number_of(self, version: TrackVersion | None, tells: str) -> int | None:
        if version is None or (version.hidden_at and not self.rights.is_owner):
            return None
        if not getattr(self.placement, tells, True):  # a denial closes it to this viewer
            return None
        return version.number

    @property
    def sentence(self) -> str:
        """Return what a screen reader is told of the thread's newest words."""
        last = self.replies[-1] if self.replies else self
        return f"{last.writer} {'replied' if self.replies else 'wrote a note'}."

    @property
    def may(self) -> dict[str, bool]:
        """Return what the viewer may do with it."""
        rights, note = self.rights, self.note
        return {
            "edit": rights.may_edit(note),
            "remove": rights.may_remove(note),
            "resolve": rights.may_resolve(note),
            "assign": rights.may_assign(note),
            "reply": rights.may_write and note.parent_id is None,
        }

    @property
    def stamp(self) -> str:
        """Return a short word that changes whenever anything that is shown of it does."""
        note, at = self.note, self.placement
        facts: list[Any] = [note.edited_at, note.removed_at, note.assigned_to_id, self.state]
        facts += [self.writer, *self.may.values()]
        if at:
            facts += [at.at_ms, at.until_ms, at.changed, at.lost, at.version_id]
        return hashlib.blake2b(repr(facts).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Threads:
    """A page of threads in the order of their moments; `next_cursor` is empty on the last."""

    threads: list[ShownNote]
    next_cursor: str = ""


def threads_on(
    version: TrackVersion,
    rights: Rights,
    filters: Filters,
    *,
    after: str = "",
    only: Iterable[UUID] | None = None,
    size: int = PAGE_SIZE,
) -> Threads:
    """Return what stands in this version and what was answered to it; two queries.

    `version` must be one the viewer may hear. A note that was removed stays while answers do.
    """
    placements = _placements(version, rights, filters)
    if only is not None:
        placements = placements.filter(note__in=list(only))
    if after:
        at_ms, key = _cursor(after)
        placements = placements.filter(Q(at_ms__gt=at_ms) | Q(at_ms=at_ms, note_id__gt=key))
    found = list(placements[: size + 1])
    shown = found[:size]
    replies = _replies(shown, rights)
    threads = [_data(placement, rights, replies[placement.note_id]) for placement in shown]
    last = shown[-1] if len(found) > size else None
    return Threads(threads, f"{last.at_ms}-{last.note_id.hex}" if last else "")


def _placements(version: TrackVersion, rights: Rights, filters: Filters) -> Any:
    live_replies = Note.objects.filter(parent=OuterRef("pk"), removed_at=None)
    roots = (
        Note.objects.readable_by(rights.viewer)
        .filter(filters.narrow(rights), parent=None, track_id=version.track_id)
        .filter(Q(removed_at=None) | Exists(live_replies))
    )
    people = ("user", "guest", "assigned_to", "version", "resolution__by", "resolution__version")
    undenied = TrackVersion.objects.undenied(rights.viewer.user)
    return (
        Placement.objects.filter(version=version, note__in=roots)
        .annotate(
            tells_written=Exists(undenied.filter(pk=OuterRef("note__version"))),
            tells_answered=Exists(undenied.filter(pk=OuterRef("note__resolution__version"))),
        )
        .select_related("carried_from", *(f"note__{name}" for name in people))
        .order_by("at_ms", "note_id")
    )


def _replies(placements: list[Placement], rights: Rights) -> dict[UUID, list[ShownNote]]:
    """Return the answers of these threads, oldest first. Who may read a note may read these."""
    threads: dict[UUID, list[ShownNote]] = defaultdict(list)
    rows = (
        Note.objects.filter(parent__in=[placement.note_id for placement in placements])
        .filter(access.undenied_thing("note", rights.viewer.user), removed_at=None)
        .select_related("user", "guest")
        .order_by("id")
    )
    for row in rows:
        if row.parent_id:
            threads[row.parent_id].append(ShownNote(row, rights))
    return threads


def _data(placement: Placement, rights: Rights, replies: list[ShownNote]) -> ShownNote:
    return ShownNote(placement.note, rights, placement, replies)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise Http404
    return int(text)


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        raise Http404 from None


def _cursor(text: str) -> tuple[int, UUID]:
    at_ms, _, key = text.partition("-")
    if not at_ms.isascii() or not at_ms.isdecimal() or len(at_ms) > 9:
        raise Http404
    return int(at_ms), _uuid(key)
