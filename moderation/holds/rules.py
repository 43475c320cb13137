"""Whose pieces a person looks at before everybody can: those of newcomers, if the house wants."""

from typing import Any

from django.conf import settings

from moderation.decisions.rules import CLOSE
from moderation.models import Decision, Scope
from moderation.models.decision import ClosedNow, Kind
from tracks.models import Track

CLAUSE = "Terms of use: the first pieces of a new account are heard before they are public"
FACTS = (
    "This is one of the first {count} of this account that are to become public. In this "
    "house a person looks at each of these first. It stays open to you, nothing of it is lost, "
    "and it becomes public as you have said as soon as it was let through."
)


def facts() -> str:
    """Return what the owner of a held piece is told."""
    number = settings.NEXUS_HOLD_FIRST_UPLOADS
    return FACTS.format(count=f"{number} pieces" if number > 1 else "pieces")


def is_closed(track: Track) -> bool:
    """Tell whether a decision keeps a piece from everybody now."""
    closing = Decision.objects.in_force().filter(scope=Scope.TRACK, kind__in=CLOSE)
    return closing.filter(target_id=track.pk).exists()


def is_of_newcomer(track: Track) -> bool:
    """Tell whether a piece is among its owner's first, and nobody has let it through yet."""
    most = settings.NEXUS_HOLD_FIRST_UPLOADS
    if most < 1 or track.owner.is_staff:
        return False
    through = _let_through(track.owner)
    return track.pk not in through and len(through - {track.pk}) < most


def _let_through(owner: Any) -> set[Any]:
    """Return the pieces of somebody that are public, or were let through."""
    pieces = Track.everything.filter(owner=owner)
    held = Decision.objects.filter(kind=Kind.HOLD, scope=Scope.TRACK, person=owner)
    passed = held.exclude(undone_by=None).values("target_id")
    open_now = pieces.filter(visibility=Track.Visibility.PUBLIC, published_at__isnull=False)
    found = (open_now | pieces.filter(pk__in=passed)).exclude(ClosedNow("pk", Scope.TRACK, *CLOSE))
    return set(found.values_list("pk", flat=True))
