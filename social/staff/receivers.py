"""What follows when a second factor comes or goes."""

from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from config.lib import sockets
from social.models import User
from social.staff.services import factors

ACTS = {
    authenticator_added: "factor.added",
    authenticator_removed: "factor.removed",
    authenticator_reset: "factor.renewed",
}


@receiver(authenticator_added)
def end_what_a_password_opened(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any
) -> None:
    """Let no other session go on that has shown a password alone."""
    if authenticator.type == Authenticator.Type.TOTP:
        factors.end_other_sessions(person=user, request=request)


@receiver(list(ACTS))
def write_down(
    sender: Any, signal: Any, user: User, authenticator: Authenticator, **_rest: Any
) -> None:
    """Seal what staff do with their second factor; of the factor itself only its kind."""
    if user.is_staff:
        factors.seal(ACTS[signal], user, user, what=authenticator.type)


RIGHTS = {"is_staff", "is_active", "is_superuser"}


@receiver(post_save, sender=User)
def look_at_who_may(
    sender: Any, instance: User, created: bool, update_fields: Any = None, **_rest: Any
) -> None:
    """Let the sockets of somebody whose rights may be others ask anew; those of staff close."""
    if not created and (update_fields is None or RIGHTS & set(update_fields)):
        transaction.on_commit(partial(sockets.look_at_account, instance.pk))


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def look_at_who_may_since(
    sender: Any, instance: Any, action: str, model: Any, pk_set: Any, **_rest: Any
) -> None:
    """Likewise where a right came from a group, or is one of their own."""
    if not action.startswith("post_"):
        return
    if isinstance(instance, User):
        keys = {instance.pk}
    elif model is User and pk_set:  # people who came into a group, or left it
        keys = set(pk_set)
    elif isinstance(instance, Group):
        keys = set(User.objects.filter(groups=instance, is_staff=True).values_list("pk", flat=True))
    else:
        return  # by the permission: sockets look now and then
    for key in keys:
        transaction.on_commit(partial(sockets.look_at_account, key))


@receiver([authenticator_removed, authenticator_reset])
def look_at_who_lost_a_factor(sender: Any, user: User, **_rest: Any) -> None:
    """Likewise where the second factor is gone, without which nobody acts as staff."""
    transaction.on_commit(partial(sockets.look_at_account, user.pk))
