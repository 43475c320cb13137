"""What goes with a person of what people say to one another; the rest stays as somebody's."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from config.lib import live
from social.models import (
    ApiToken,
    Approver,
    Imported,
    Note,
    Notification,
    Resolution,
    Reviewer,
    SignOff,
    User,
)
from tracks.visibility.services.closing import draw_anew

SOMEBODY = "somebody"


def leave_conversations(person: User) -> None:
    """Remove what was asked of a person and told to them; what they said loses the name."""
    tracks = _tracks_with(person)
    own: list[Any] = [Reviewer, Approver, Notification, ApiToken]
    for model in own:
        model.objects.filter(user=person).delete()
    Notification.objects.filter(actor=person).update(actor=None, actor_name=SOMEBODY)
    Note.objects.filter(assigned_to=person).update(assigned_to=None)
    _unname_brought_in(person, tracks)
    draw_anew(tracks)
    transaction.on_commit(lambda: _tell(tracks))


def remove_belongings(person: User) -> None:
    """Remove what is remembered of imports, and what is allowed."""
    Imported.objects.filter(owner=person).delete()
    person.groups.clear()
    person.user_permissions.clear()


def _tracks_with(person: User) -> set[UUID]:
    """Return the tracks of others on which their name stands."""
    theirs = Note.objects.filter(Q(user=person) | Q(assigned_to=person))
    return {
        *theirs.order_by().values_list("track_id", flat=True),
        *Resolution.objects.filter(by=person).values_list("note__track_id", flat=True),
        *SignOff.objects.filter(by=person).order_by().values_list("track_id", flat=True),
        *Reviewer.objects.filter(user=person).values_list("track_id", flat=True),
        *Approver.objects.filter(user=person).values_list("track_id", flat=True),
    }


def _unname_brought_in(person: User, tracks: set[UUID]) -> None:
    """Take the name from notes that others brought in with a file.

    A handle is one person's; a display name is theirs only where they had a say.
    """
    named = Q(attribution__in=[person.handle, f"@{person.handle}"])
    if person.display_name:
        named |= Q(attribution=person.display_name, track__in=tracks)
    Note.objects.filter(named).update(attribution=SOMEBODY)


def _tell(tracks: set[UUID]) -> None:
    for key in tracks:
        live.announce(f"notes-{key}", "notes.changed")
        live.announce(f"notes-{key}", "signoff.changed")
