"""What reviewing opens: registered with the tracks' own registry of who may open what."""

from django.db.models import Q

from social.models import Reviewer
from tracks import access


@access.grant
def _invited(user: access.User) -> Q:
    """Whoever was asked to review a track may open it, whatever its visibility."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(pk__in=Reviewer.objects.filter(user_id=user.pk).values("track"))
