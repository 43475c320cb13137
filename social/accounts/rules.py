"""What a closed account closes: registered with the tracks' own registry of who may open what."""

from django.db.models import Q

from tracks import access


@access.deny_owner
def _of_a_closed_account(_user: access.User) -> Q:
    """What belongs to somebody banned or inactive is for nobody."""
    return Q(owner__is_banned=True) | Q(owner__is_active=False)
