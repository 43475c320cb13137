"""The end of an account: everything goes, and the row stays as somebody's.

One transaction a person, which may be killed at any point and is then done again.
"""

import logging
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from config.lib import kept
from config.lib.outages import is_away
from media_pipeline import faults
from media_pipeline.events.services import MODERATORS, subject_of, tell
from media_pipeline.sealing import services as sealing
from social.accounts.services import closing
from social.accounts.services.bans import Actor
from social.departure.services import asking
from social.events import PERSON_LEFT
from social.models import User
from tracks.holds import held_people, require_free

SOMEBODY = "somebody"
AGAIN = timedelta(hours=2)  # what was under way when somebody left is found by the next round

logger = logging.getLogger(__name__)


def carry_out_due() -> int:
    """Remove everybody whose day has come, each for itself; return how many.

    One who cannot be removed is logged and holds up no other.
    """
    now, gone = timezone.now(), 0
    due = Q(leaves_at__lte=now) | Q(left_at__gt=now - AGAIN)
    system = User.objects.get(handle=asking.SYSTEM)
    waiting = User.objects.filter(due).exclude(held_people())
    for person in waiting.order_by("leaves_at", "pk"):
        try:
            gone += remove(person=person, by=system)
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("%s could not be removed.", person.pk)
    return gone


@transaction.atomic
def remove(*, person: User, by: Actor, reason: str = "", at_once: bool = False) -> bool:
    """Remove a person whose day has come, or `at_once`; tells whether they left now.

    Who has left already is looked through once more, which finds nothing. Raises the Problems
    `only-administrator`, `not-a-person`, `is-held`.
    """
    if not at_once and not _is_due(person):
        return False
    require_free(person, held_people())
    row = asking.hold(person)
    if not at_once and not _is_due(row):  # they have kept it a moment ago
        return False
    left_before = row.left_at
    kept.farewell(row)
    faults.point("departure:farewell")
    if not left_before:
        _anonymise(row)
        sealing.append(kind=PERSON_LEFT, actor=by.pk, subject=subject_of(row), reason=reason)
        tell(PERSON_LEFT, of=row, by=by.pk, audience=MODERATORS)
    closing.shut(person=row)
    return not left_before


def _is_due(person: User) -> bool:
    now = timezone.now()
    return bool(person.left_at) or (person.leaves_at is not None and person.leaves_at <= now)


def _anonymise(row: User) -> None:
    row.handle = f"gone-{secrets.token_hex(6)}"
    row.display_name, row.email = SOMEBODY, ""
    row.set_unusable_password()
    row.is_active = row.is_staff = row.is_superuser = False
    row.last_login = row.leaves_at = None
    row.left_at = timezone.now()
    row.save()
