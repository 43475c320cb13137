"""Whom notes come from and who may see to them: what filters and menus offer."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from social.models import Note, User
from social.viewers import Viewer
from tracks.models import Track, TrackVersion

MOST = 200  # rows looked at for the choices of a filter


@dataclass(frozen=True)
class Choices:
    """The writers of a track's notes as (id, name), and the versions they wrote on."""

    writers: list[tuple[str, str]]
    versions: list[int]


def choices_of(track: Track, viewer: Viewer) -> Choices:
    """Return what the notes of this track may be filtered by; one query."""
    people = ("user_id", "user__display_name", "user__handle", "guest_id", "guest__name")
    undenied = TrackVersion.objects.undenied(viewer.user)
    rows = (
        Note.objects.readable_by(viewer)
        .filter(track=track, parent=None)
        .order_by()
        .annotate(tells=Exists(undenied.filter(pk=OuterRef("version"))))
        .values_list(*people, "version__number", "version__hidden_at", "tells")
        .distinct()[:MOST]
    )
    writers: dict[UUID, str] = {}
    versions: set[int] = set()
    is_owner = viewer.user.pk == track.owner_id
    for user, display, handle, guest, guest_name, number, hidden_at, tells in rows:
        writers[user or guest] = guest_name if guest else display or handle
        if tells and (hidden_at is None or is_owner):
            versions.add(number)
    named = sorted(writers.items(), key=lambda pair: pair[1].casefold())
    return Choices([(key.hex, name) for key, name in named], sorted(versions))


def assignable(track: Track) -> list[User]:
    """Return who may be given a note: the owner, the reviewers and the approvers, by name."""
    asked = Q(reviews__track=track) | Q(approvals__track=track)
    people = User.objects.filter(Q(pk=track.owner_id) | asked).distinct()
    return sorted(people, key=lambda user: user.name.casefold())
