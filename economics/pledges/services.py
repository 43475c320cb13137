"""What somebody gives each month: begun, changed, paused, ended; and what falls due.

A month's contribution, the next day on which one is due and the event are written together, and
the letter follows from the event: whenever a machine dies, a month is asked for once.
"""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.outages import is_away
from config.lib.problems import Problem
from economics import events
from economics.contributions import selectors as contributions
from economics.contributions.services import declare
from economics.models import Contribution, Pledge
from economics.pledges.rules import next_after
from economics.providers import registry
from media_pipeline import faults
from media_pipeline.events.services import OWNER, tell
from social.models import User

Status, Mode = Pledge.Status, Contribution.Mode
SHARED = (
    *("giver", "artist", "charity", "amount", "currency", "artist_bp", "charity_bp"),
    *("platform_bp", "message", "is_public", "provider", "country"),
)
DIRECTLY = "direct"

logger = logging.getLogger(__name__)


@transaction.atomic
def begin(first: Contribution) -> Pledge:
    """Let what is given now be given each month: the first month is `first`, not saved yet."""
    now = timezone.now()
    made = Pledge(**_words(first), next_at=now, months=1)
    made.save(force_insert=True)
    made.next_at = next_after(made.created_at, now)
    made.save(update_fields=["next_at"])
    _tell(events.PLEDGE_BEGUN, made, first.giver_id)
    return made


@transaction.atomic
def change(pledge: Pledge, *, by: User, **words: Any) -> Pledge:
    """Change amount, shares or charity of the months to come. Raises Problem as `_own`."""
    found = _own(pledge, by)
    for name, value in words.items():
        setattr(found, name, value)
    found.save()
    _tell(events.PLEDGE_CHANGED, found, by.pk)
    return found


@transaction.atomic
def pause(pledge: Pledge, *, by: User) -> Pledge:
    """Ask for nothing until it goes on. Raises Problem as `_own`."""
    found = _own(pledge, by)
    if found.status == Status.ACTIVE:
        _set(found, Status.PAUSED)
        _tell(events.PLEDGE_CHANGED, found, by.pk)
    return found


@transaction.atomic
def resume(pledge: Pledge, *, by: User) -> Pledge:
    """Go on with the next month; those in between are not asked for. Raises Problem as `_own`."""
    found = _own(pledge, by)
    if found.status == Status.PAUSED:
        found.next_at = next_after(found.created_at, timezone.now())
        _set(found, Status.ACTIVE)
        _tell(events.PLEDGE_CHANGED, found, by.pk)
    return found


@transaction.atomic
def cancel(pledge: Pledge, *, by: User | None) -> Pledge:
    """End it for good; what was given stays. Its giver does, or nobody: an account goes."""
    found = _own(pledge, by) if by else _locked(pledge.pk)
    if found.status != Status.CANCELLED:
        _set(found, Status.CANCELLED)
        _tell(events.PLEDGE_ENDED, found, by.pk if by else None)
    return found


def fall_due(now: datetime | None = None) -> int:
    """Ask for each month that is due, each once; return how many were asked for."""
    now, asked = now or timezone.now(), 0
    due = Pledge.objects.filter(status=Status.ACTIVE, next_at__lte=now)
    for key in list(due.order_by("next_at").values_list("pk", flat=True)):
        try:
            asked += _ask(key, now)
        except Exception as error:  # one of them holds up no other
            if is_away(error):
                raise
            logger.exception("The month of the pledge %s could not be asked for.", key)
    return asked


@transaction.atomic
def _ask(key: UUID, now: datetime) -> bool:
    rows = Pledge.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("giver", "artist", "charity")
    found = rows.filter(pk=key, status=Status.ACTIVE, next_at__lte=now).first()
    if found is None:
        return False
    if not _can_go_on(found):
        _set(found, Status.PAUSED)
        _tell(events.PLEDGE_CHANGED, found, None)
        return False
    once = f"pledge:{found.pk}:{found.next_at:%Y-%m-%d}"
    found.next_at = next_after(found.created_at, now)
    if Contribution.objects.filter(client_key=once).exists():  # the day was set back since
        found.save(update_fields=["next_at"])
        return False
    found.months += 1
    found.save(update_fields=["next_at", "months"])
    month = {"mode": contributions.mode(), "pledge": found, "client_key": once}
    declare(Contribution(**_words(found), **month))
    faults.point("pledge:asked")
    return True


def _can_go_on(pledge: Pledge) -> bool:
    """Tell whether each part of it can still be given, in the way it was begun, by who is here."""
    is_direct = contributions.mode() == Mode.DIRECT
    if is_direct != (pledge.provider == DIRECTLY):
        return False
    if not is_direct and registry.find(pledge.provider) is None:
        return False
    if pledge.charity_bp and not contributions.is_offered_charity(pledge.charity):
        return False
    if pledge.platform_bp and not contributions.site_is_paid():
        return False
    if pledge.giver and (pledge.giver.is_banned or not pledge.giver.is_active):
        return False  # each month is a word to its artist
    artist = pledge.artist
    if artist is None:
        return True
    is_here = artist.is_active and not (artist.is_banned or artist.leaves_at or artist.left_at)
    return is_here and contributions.can_be_given_to(artist)


def _words(given: Contribution | Pledge) -> dict[str, Any]:
    return {name: getattr(given, name) for name in SHARED}


def _locked(pk: UUID) -> Pledge:
    found: Pledge = Pledge.objects.select_for_update().get(pk=pk)
    return found


def _own(pledge: Pledge, by: User) -> Pledge:
    """Return it locked. Raises Problem `not-own`, `pledge-ended`."""
    found = _locked(pledge.pk)
    if found.giver_id != by.pk:
        raise Problem("not-own", "This is somebody else’s.", status=403)
    if found.status == Status.CANCELLED:
        raise Problem("pledge-ended", "It has ended. Begin another one.", status=409)
    return found


def _set(pledge: Pledge, status: str) -> None:
    pledge.status = status
    pledge.save(update_fields=["status", "next_at"])


def _tell(kind: str, pledge: Pledge, by: UUID | None) -> None:
    tell(kind, of=pledge, by=by, audience=OWNER, pledge=str(pledge.pk))
