"""What evidence opens: said to the tracks' registry of access."""

from django.db.models import Q

from moderation.models import Evidence
from tracks import access

NOTHING = Q(pk__in=[])


@access.opens_as_evidence
def _tracks(user: access.User) -> Q:
    """The tracks that this moderator looks at, whatever closes them to others."""
    if not getattr(user, "acts_as_staff", False):
        return NOTHING
    found = Evidence.objects.open_to(user).exclude(track=None)
    return Q(pk__in=found.values("track")) | access.owner_as_evidence(user)


@access.opens_person_as_evidence
def _people(user: access.User) -> Q:
    """The people whom this moderator looks at, with all that is theirs."""
    if not getattr(user, "acts_as_staff", False):
        return NOTHING
    found = Evidence.objects.open_to(user).exclude(person=None)
    return Q(pk__in=found.values("person"))
