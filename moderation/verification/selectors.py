"""Verifications: somebody's own, what their page shows, and what has to be looked at again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from moderation.models import Verification
from moderation.verification import rules
from social.models import User

State = Verification.State
SHOWN_MOST = 50
CHECKED_AT_ONCE = 2000


def own(person: Any) -> list[Verification]:
    """Return what somebody has asked for, newest first. One query."""
    rows = Verification.objects.filter(person=person.pk).select_related("person")
    return list(rows.order_by("-pk")[:SHOWN_MOST])


def find_own(person: Any, key: UUID) -> Verification | None:
    """Return one of somebody's own; None where there is none."""
    rows = Verification.objects.filter(person=person.pk).select_related("person")
    return rows.filter(pk=key).first()


def holding(person: User, now: datetime) -> list[Verification]:
    """Return what holds of somebody, for everybody to see."""
    rows = Verification.objects.filter(person=person, state=State.VERIFIED, until__gt=now)
    return list(rows.order_by("verified_at")[: rules.LIVE_MOST])


def waiting_by_hand() -> int:
    """Return how many wait for a moderator. One query."""
    rows = Verification.objects.filter(method=Verification.Method.HAND, state=State.WAITING)
    return rows.count()


def over(now: datetime) -> list[Verification]:
    """Return those whose time is over."""
    rows = Verification.objects.filter(state=State.VERIFIED, until__lte=now)
    return list(rows.order_by("until")[:CHECKED_AT_ONCE])


def due(now: datetime) -> list[Verification]:
    """Return those whose proof is looked for again: every week, each day where it was missing."""
    rows = Verification.objects.filter(state=State.VERIFIED).exclude(
        method=Verification.Method.HAND
    )
    asked = Q(checked_at__lt=now - rules.AGAIN_AFTER) | Q(warned_at__isnull=False)
    return list(rows.filter(asked).order_by("checked_at")[:CHECKED_AT_ONCE])


def by_hand_to_warn(now: datetime) -> list[Verification]:
    """Return those by hand that end soon, or whose account is called something else by now."""
    rows = Verification.objects.filter(
        state=State.VERIFIED, method=Verification.Method.HAND, warned_at=None
    )
    called = F("person__display_name")
    renamed = ~Q(name=called) & ~Q(name=F("person__handle"), person__display_name="")
    return list(rows.filter(renamed | Q(until__lt=now + rules.BEFORE_END))[:CHECKED_AT_ONCE])


def by_hand_renamed(now: datetime) -> list[Verification]:
    """Return those by hand that were warned of another name, and still have it."""
    rows = Verification.objects.filter(
        state=State.VERIFIED,
        method=Verification.Method.HAND,
        warned_at__lt=now - rules.WARNED_FOR,
    )
    renamed = ~Q(name=F("person__display_name")) & ~Q(
        name=F("person__handle"), person__display_name=""
    )
    return list(rows.filter(renamed)[:CHECKED_AT_ONCE])
