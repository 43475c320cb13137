"""What a closed account closes: registered with the tracks' own registry of who may open what."""

from django.db.models import Q

from tracks import access


@access.deny_person
def _of_a_closed_account(_user: access.User) -> Q:
    """Somebody banned or inactive has no page, and what is theirs is for nobody."""
    return Q(is_banned=True) | Q(is_active=False)
