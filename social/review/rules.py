"""What a review link and an invitation open: said to the tracks' registry of access."""

from typing import Any

from django.db.models import Q

from social.models import Reviewer, ReviewLink
from social.viewers import UNLOCKED
from tracks import access


@access.opens_by_key
def _by_review_link(key: str, _user: access.User, session: Any) -> Q:
    """A link that lives opens its track; one with a password, where that was proven."""
    unlocked = (session or {}).get(UNLOCKED, [])
    links = ReviewLink.objects.live().proven(unlocked).filter(token=key)
    return Q(pk__in=links.values("track"))


@access.grant
def _invited(user: access.User) -> Q:
    """Whoever was asked to review a track may open it, whatever its visibility."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(pk__in=Reviewer.objects.filter(user_id=user.pk).values("track"))


@access.concerned
def _reviewers(track: Any) -> Any:
    """Reviewers see where the track stands, on its page."""
    return Reviewer.objects.filter(track=track).values("user")
