"""What a review link and a place among the approvers open."""

from typing import Any

from django.db.models import Q

from social.models import Approver, ReviewLink
from social.viewers import UNLOCKED
from tracks import access


@access.opens_by_key
def _by_review_link(key: str, _user: access.User, session: Any) -> Q:
    """A link that lives opens its track; one with a password, where that was proven."""
    unlocked = (session or {}).get(UNLOCKED, [])
    links = ReviewLink.objects.live().proven(unlocked).filter(token=key)
    return Q(pk__in=links.values("track"))


@access.grant
def _approver(user: access.User) -> Q:
    """Whoever is asked to sign a track off may open it, whatever its visibility."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(pk__in=Approver.objects.filter(user_id=user.pk).values("track"))
