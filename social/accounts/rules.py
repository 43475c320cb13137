"""What a closed account closes: registered with the tracks' own registry of who may open what."""

from django.db.models import Q

from tracks import access


@access.deny_person
def _of_a_closed_account(user: access.User) -> Q:
    """Somebody banned, inactive or gone has no page, and what is theirs is for nobody.

    What is of somebody who is about to leave is their own until then.
    """
    leaving = Q(leaves_at__isnull=False)
    if user.is_authenticated:
        leaving &= ~Q(pk=user.pk)
    return Q(is_banned=True) | Q(is_active=False) | Q(left_at__isnull=False) | leaving
