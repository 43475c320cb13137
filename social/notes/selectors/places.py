"""Where a note stands for one viewer: in versions they may hear, and in no other."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from social.models import Note, Placement
from social.viewers import Viewer
from tracks.models import Track, TrackVersion


def closed_versions(track: Track, viewer: Viewer) -> frozenset[UUID]:
    """Return the versions of a track that a denial closes to this viewer. One query."""
    versions = TrackVersion.objects.filter(track=track)
    opened = versions.undenied(viewer.user).values("pk")
    return frozenset(versions.exclude(pk__in=opened).values_list("pk", flat=True))


def is_share_of(
    version: TrackVersion, track: Track, viewer: Viewer, closed: frozenset[UUID] = frozenset()
) -> bool:
    """Tell whether this viewer, who may open the track, may know of the version.

    `closed` comes from `closed_versions`.
    """
    if version.pk in closed:
        return False
    return version.hidden_at is None or viewer.user.pk == track.owner_id


def placed_version(note: Note, viewer: Viewer) -> TrackVersion | None:
    """Return the version in which to show the note: its own, else its thread's, else the newest.

    None where it stands in none that this viewer may hear. One query.
    """
    root = note.parent or note
    versions = TrackVersion.objects.opened_by(*viewer.opens).filter(placements__note=root.pk)
    found = {version.pk: version for version in versions.order_by("number")}
    for query in (note.version_id, root.version_id):
        if query in found:
            return found[query]
    return next(reversed(found.values()), None)


def stand_ins(
    notes: Iterable[Note], track: Track, viewer: Viewer, closed: frozenset[UUID] = frozenset()
) -> dict[UUID, Placement]:
    """Return, for the notes on versions the viewer may not know of, where else they stand.

    What is shown first comes first, then the newest. One query, none where there is no such note.
    """
    hidden = [note.pk for note in notes if not is_share_of(note.version, track, viewer, closed)]
    if not hidden:
        return {}
    rows: Any = Placement.objects.filter(note__in=hidden, version__hidden_at=None)
    rows = rows.exclude(version__in=closed)
    found = list(rows.select_related("version").order_by("version__number"))
    found.sort(key=lambda row: row.version_id == track.primary_version_id)
    return {row.note_id: row for row in found}
