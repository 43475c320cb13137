"""What of moderators’ work is forgotten, when, and what goes with an account."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from config.lib.kept import forget_rows
from moderation.models import (
    Attestation,
    Case,
    Evidence,
    Message,
    Mute,
    PageText,
    Report,
    SavedFilter,
    Suggestion,
    Talk,
    Verification,
)
from moderation.verification import rules as verification

KEPT_FOR = timedelta(days=365)
REPORTS_KEPT = timedelta(days=730)
NETWORKS_KEPT = timedelta(days=365)
ATTESTATIONS_KEPT = timedelta(days=3 * 365)
GONE = "something of somebody who has left"


def forget_evidence(now: datetime, most: int) -> int:
    """Forget what ended a year ago, by its time or by hand."""
    ended = Q(expires_at__lt=now - KEPT_FOR) | Q(closed_at__lt=now - KEPT_FOR)
    return forget_rows(Evidence.objects.filter(ended), most)


def forget_reports(now: datetime, most: int) -> int:
    """Forget reports of cases that were closed two years ago."""
    return forget_rows(Report.objects.filter(case__in=_closed_before(now - REPORTS_KEPT)), most)


def forget_mutes(now: datetime, most: int) -> int:
    """Forget what was decided about reporters two years ago, with what undid it."""
    old = Mute.objects.filter(created_at__lt=now - REPORTS_KEPT, undoes=None)
    return forget_rows(old, most)


def forget_cases(now: datetime, most: int) -> int:
    """Forget cases closed two years ago that nobody decided and of which no report is left."""
    old = _closed_before(now - REPORTS_KEPT)
    return forget_rows(old.filter(decisions=None, appeals=None, reports=None), most)


def forget_attestations(now: datetime, most: int) -> int:
    """Forget what was said three years ago of what is gone, and networks after one year."""
    rows = Attestation.objects.exclude(network="").filter(attested_at__lt=now - NETWORKS_KEPT)
    named = list(rows.values_list("pk", flat=True)[:most])
    Attestation.objects.filter(pk__in=named).update(network="")
    old = Attestation.objects.filter(track=None, attested_at__lt=now - ATTESTATIONS_KEPT)
    return max(len(named), forget_rows(old, most))


def forget_verifications(now: datetime, most: int) -> int:
    """Forget what ended a year ago, and what was begun then and never verified."""
    moment, states = now - verification.KEPT_FOR, Verification.State
    never = Q(state__in=[states.WAITING, states.FAILED], created_at__lt=moment)
    return forget_rows(Verification.objects.filter(never | Q(ended_at__lt=moment)), most)


def _closed_before(moment: datetime) -> Any:
    return Case.objects.filter(state=Case.State.CLOSED, closed_at__lt=moment)


def unname(person: Any) -> None:
    """Take the name from what somebody reported and from cases; rows of decisions stay."""
    Report.objects.filter(reporter=person).update(reporter=None, source="")
    Attestation.objects.filter(person=person).update(person=None, title=GONE, network="")
    Case.objects.filter(assigned_to=person).update(assigned_to=None)
    Case.objects.filter(person=person).update(title=GONE)
    PageText.objects.filter(by=person).update(by=None)
    Talk.objects.filter(person=person).update(person=None)
    Message.objects.filter(moderator=person).update(moderator=None)
    Suggestion.objects.filter(dismissed_by=person).update(dismissed_by=None)
    Suggestion.objects.filter(case__person=person).update(words=GONE)
    Mute.objects.filter(by=person).update(by=None)
    Mute.objects.filter(person=person).delete()
    SavedFilter.objects.filter(moderator=person).delete()


def remove_evidence(person: Any) -> None:
    """Remove what was opened about a person, and what they verified; what they opened themselves
    stays without a name."""
    Verification.objects.filter(person=person).delete()
    type(person).objects.filter(pk=person.pk).update(verified_as="", verified_until=None)
    Evidence.objects.filter(person=person).delete()
