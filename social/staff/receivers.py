"""What follows when a second factor comes or goes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

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
