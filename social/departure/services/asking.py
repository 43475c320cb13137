"""Asking for an account to be deleted, and keeping it after all.

At once everything of theirs is closed to everybody else; they come in as before, and may change
their mind until the day has come.
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, subject_of, tell
from media_pipeline.locks import lock
from media_pipeline.sealing import services as sealing
from social.accounts.services import closing
from social.accounts.services.bans import Actor
from social.events import PERSON_LEAVING, PERSON_STAYS
from social.models import User

SYSTEM = "system"


@transaction.atomic
def ask(*, person: User, by: Actor, reason: str = "") -> datetime:
    """Close an account to others and let it be deleted in NEXUS_LEAVE_DAYS; return when.

    Asking again changes nothing. Raises the Problems `only-administrator`, `not-a-person`.
    """
    row = hold(person)
    if row.leaves_at:
        return row.leaves_at
    row.leaves_at = timezone.now() + timedelta(days=settings.NEXUS_LEAVE_DAYS)
    row.save(update_fields=["leaves_at"])
    subject = subject_of(row)
    sealing.append(kind=PERSON_LEAVING, actor=by.pk, subject=subject, reason=reason)
    tell(PERSON_LEAVING, of=row, by=by.pk, audience=MODERATORS)
    closing.shut(person=row)
    _write_to(row, "leaving", row.leaves_at)
    return row.leaves_at


@transaction.atomic
def keep(*, person: User, by: Actor) -> bool:
    """Open an account again that was to be deleted; tells whether it was."""
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.leaves_at is None or row.left_at:
        return False
    when, row.leaves_at = row.leaves_at, None
    row.save(update_fields=["leaves_at"])
    sealing.append(kind=PERSON_STAYS, actor=by.pk, subject=subject_of(row))
    tell(PERSON_STAYS, of=row, by=by.pk, audience=MODERATORS)
    closing.shut(person=row)  # pages and sockets look anew, and now find it open
    _write_to(row, "staying", when)
    return True


def hold(person: User) -> User:
    """Return the locked row of somebody who may leave; needs a transaction.

    Raises the Problems `only-administrator`, `not-a-person`.
    """
    lock("administrators")  # or the last two could leave at the same moment
    row: User = User.objects.select_for_update().get(pk=person.pk)
    if row.handle == SYSTEM:
        raise Problem("not-a-person", "This account acts for the site itself.", status=403)
    others = User.objects.filter(is_superuser=True, is_active=True, is_banned=False)
    others = others.filter(leaves_at=None, left_at=None).exclude(pk=row.pk)
    if row.is_superuser and not others.exists():
        sentence = "You are the only administrator. Make somebody else one first."
        raise Problem("only-administrator", sentence, status=409)
    return row


def _write_to(person: User, about: str, when: datetime) -> None:
    """Send a letter to their address, if there is one."""
    if person.email:
        words = {"person": person, "when": when, "departure_url": reverse("departure")}
        words["site_name"] = settings.SITE_NAME
        get_adapter().send_mail(f"social/departure/email/{about}", person.email, words)
