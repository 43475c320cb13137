"""What a place among the approvers opens."""

from typing import Any

from django.db.models import Q

from social.models import Approver
from tracks import access


@access.grant
def _approver(user: access.User) -> Q:
    """Whoever is asked to sign a track off may open it, whatever its visibility."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(pk__in=Approver.objects.filter(user_id=user.pk).values("track"))


@access.concerned
def _approvers(track: Any) -> Any:
    """Approvers sign it on its page."""
    return Approver.objects.filter(track=track).values("user")
