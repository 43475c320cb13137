"""What can be decided about what, and what is in force: said to the registry of access."""

from typing import Any

from django.db.models import Q

from media_pipeline.uploads.services.uploads import suspends
from moderation.models import Decision, Scope
from moderation.models.decision import ClosedNow, Kind
from tracks import access

CLOSE = (Kind.HIDE, Kind.REMOVE)
# What a decision of each scope can be; all else has no effect here, and is not offered.
OFFERED: dict[str, tuple[Kind, ...]] = {
    Scope.TRACK: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.VERSION: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.NOTE: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.RELEASE: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.PLAYLIST: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.PERSON: (Kind.WARN, Kind.SUSPEND_UPLOADS, Kind.BAN),
}
# What takes all from somebody: who decides or undoes it shows the second factor first.
GRAVE = (Kind.REMOVE, Kind.BAN)
REDRESS = (
    "You can appeal here within six months, free of charge; a person will answer you. You may "
    "also turn to a certified body for out-of-court disputes (Regulation (EU) 2022/2065, article "
    "21), or to a court."
)
NOBODY = Q(pk__in=[])


def closed(scope: str, column: str, owner: str, user: access.User) -> Q:
    """Return the Q of what decisions close to this person: what is hidden stays its owner's."""
    found = Q(ClosedNow(column, scope, *CLOSE))
    if not user.is_authenticated:
        return found
    removed = Q(ClosedNow(column, scope, Kind.REMOVE))
    return found & (removed | ~Q(**{owner: user.pk}))


@access.deny
def _tracks(user: access.User) -> Q:
    """A track that is closed itself, or whose primary version is: it has nothing else to give."""
    of_version = closed(Scope.VERSION, "primary_version", "owner_id", user)
    return closed(Scope.TRACK, "pk", "owner_id", user) | of_version


@access.deny_thing("version")
def _versions(user: access.User) -> Q:
    return closed(Scope.VERSION, "pk", "track__owner_id", user)


@access.deny_thing("release")
def _releases(user: access.User) -> Q:
    return closed(Scope.RELEASE, "pk", "owner_id", user)


@access.deny_thing("playlist")
def _playlists(user: access.User) -> Q:
    return closed(Scope.PLAYLIST, "pk", "owner_id", user)


@access.deny_thing("note")
def _notes(user: access.User) -> Q:
    """A note that is closed, with what was answered to it."""
    own = closed(Scope.NOTE, "pk", "user_id", user)
    return own | closed(Scope.NOTE, "parent", "parent__user_id", user)


@suspends
def may_not_send(person: Any) -> bool:
    """Tell whether this person's uploads are suspended."""
    found = Decision.objects.in_force().filter(kind=Kind.SUSPEND_UPLOADS, scope=Scope.PERSON)
    return found.filter(target_id=person.pk).exists()
