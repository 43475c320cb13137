"""What can be decided about what, and what is in force: said to the registry of access."""

from typing import Any

from django.db.models import Q

from media_pipeline.delivery.covers import hide_cover
from media_pipeline.uploads.services.uploads import suspends
from moderation.decisions.limited import LimitedNow
from moderation.models import Decision, Scope
from moderation.models.decision import ClosedNow, Kind
from tracks import access, findable, hidden_words

CLOSE = (Kind.HIDE, Kind.REMOVE, Kind.HOLD)
# What a decision of each scope can be; all else has no effect here, and is not offered.
OFFERED: dict[str, tuple[Kind, ...]] = {
    Scope.TRACK: (Kind.LIMIT, Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.VERSION: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.NOTE: (Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.RELEASE: (Kind.LIMIT, Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.PLAYLIST: (Kind.LIMIT, Kind.HIDE, Kind.REMOVE, Kind.WARN),
    Scope.CONTRIBUTION: (Kind.WARN,),
    Scope.MOMENT: (Kind.HIDE,),
    Scope.COVER: (Kind.HIDE,),
    Scope.PICTURE: (Kind.HIDE,),
    Scope.VISUAL: (Kind.HIDE,),
    Scope.WORDS: (Kind.HIDE,),
    Scope.LYRICS: (Kind.HIDE,),
    Scope.PERSON: (Kind.LIMIT, Kind.WARN, Kind.SUSPEND_UPLOADS, Kind.BAN),
}
# What rules of the house can hold until a person has looked at it.
HELD = (Scope.TRACK, Scope.PERSON)
LIMITED = [scope for scope, kinds in OFFERED.items() if Kind.LIMIT in kinds]
# What takes all from somebody: who decides or undoes it shows the second factor first.
GRAVE = (Kind.REMOVE, Kind.BAN)
REDRESS = (
    "You can appeal here within six months, free of charge; a person will answer you. You may "
    "also turn to a certified body for out-of-court disputes (Regulation (EU) 2022/2065, article "
    "21), or to a court."
)
NOBODY = Q(pk__in=[])


def closed(scopes: str | list[str], columns: str | list[str], owner: str, user: access.User) -> Q:
    """Return the Q of what decisions close to this person: what is hidden stays its owner's."""
    found = Q(ClosedNow(columns, scopes, *CLOSE))
    if not user.is_authenticated:
        return found
    removed = Q(ClosedNow(columns, scopes, Kind.REMOVE))
    return found & (removed | ~Q(**{owner: user.pk}))


@access.deny
def _tracks(user: access.User) -> Q:
    """A track that is closed itself, or whose primary version is: it has nothing else to give."""
    return closed([Scope.TRACK, Scope.VERSION], ["pk", "primary_version"], "owner_id", user)


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


def _limits(*columns: str) -> Q:
    return Q(ClosedNow([*columns], LIMITED, Kind.LIMIT))


@findable.limit("track")
def _limited_tracks() -> Q:
    """What is limited itself, because of whom it is, or because of the release it is on."""
    return Q(LimitedNow(["pk", "owner"], LIMITED, Kind.LIMIT))


@findable.limit("release")
@findable.limit("playlist")
def _limited() -> Q:
    """What is limited itself, or because of whom it is."""
    return _limits("pk", "owner")


@findable.limit("user")
def _limited_people() -> Q:
    return _limits("pk")


@findable.limit("name")
def _limited_names() -> Q:
    return _limits("account")


@findable.limit("label")
def _limited_labels() -> Q:
    return _limits("owner")


@hide_cover
def _covers() -> Q:
    return Q(ClosedNow("pk", Scope.COVER, Kind.HIDE))


@access.deny_thing("picture")
def _pictures(user: access.User) -> Q:
    """Of a person: not shown to others."""
    return closed(Scope.PICTURE, "pk", "user_id", user)


@access.deny_thing("visual")
def _visuals(user: access.User) -> Q:
    """Of a piece: not shown to others."""
    return closed(Scope.VISUAL, "pk", "track__owner_id", user)


@hidden_words.hide_words(hidden_words.WORDS)
def _words() -> Q:
    return Q(ClosedNow("pk", Scope.WORDS, Kind.HIDE))


@hidden_words.hide_words(hidden_words.LYRICS)
def _lyrics() -> Q:
    return Q(ClosedNow("pk", Scope.LYRICS, Kind.HIDE))


@suspends
def may_not_send(person: Any) -> bool:
    """Tell whether this person's uploads are suspended, or held until somebody has looked."""
    kinds = (Kind.SUSPEND_UPLOADS, Kind.HOLD)
    found = Decision.objects.in_force().filter(kind__in=kinds, scope=Scope.PERSON)
    return found.filter(target_id=person.pk).exists()
