"""What keeping somebody out does, and letting them in again. Upper rooms decide it.

The database refuses both where no decision says so; so nothing but a decision's effects calls this.
"""

import logging

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from media_pipeline.events.services import MODERATORS, tell
from media_pipeline.sealing import services as sealing
from social.events import PERSON_BANNED, PERSON_UNBANNED
from social.models import User
from tracks import access

logger = logging.getLogger(__name__)
Actor = AbstractBaseUser | AnonymousUser


def ban(*, user: User, by: Actor, reason: str = "") -> bool:
    """Close the account: its sessions, tokens, music, lists, review links and uploads end.

    Who did it and why goes into the sealed log. Staff stay: False.
    """
    return _set(user, by, reason, True) if not user.is_staff else False


def unban(*, user: User, by: Actor, reason: str = "") -> bool:
    """Open the account again; tells whether it was closed."""
    return _set(user, by, reason, False)


@transaction.atomic
def _set(user: User, by: Actor, reason: str, banned: bool) -> bool:
    changed = User.objects.filter(pk=user.pk, is_banned=not banned).update(is_banned=banned)
    if changed:
        logger.warning("%s was %s by %s.", user, "banned" if banned else "let in again", by)
        sealing.append(
            kind="person.banned" if banned else "person.unbanned",
            actor=by.pk,
            subject=f"{user._meta.label_lower}:{user.pk}",
            reason=reason,
        )
        kind = PERSON_BANNED if banned else PERSON_UNBANNED
        tell(kind, of=user, by=by.pk, audience=MODERATORS)
        access.denial_changed(user)
    return bool(changed)
