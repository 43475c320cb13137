"""Opening what is not one's own, with a reason that stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.sealing import services as sealing
from moderation.models import Evidence
from social.models import User
from tracks.models import Track

HOURS_MOST = 72


@transaction.atomic
def open_evidence(
    *, by: User, reason: str, hours: int, track: Track | None = None, person: User | None = None
) -> Evidence:
    """Let a moderator look at a track, or at all of a person's, for so many hours.

    Who looks at what and why goes into the sealed log. Raises Problem `not-a-moderator`,
    `reason-missing`, `invalid-hours`, `one-subject`.
    """
    if not (by.acts_as_staff and by.has_perm("moderation.add_evidence")):
        raise Problem("not-a-moderator", "Only moderators look at evidence.", status=403)
    if not (reason := reason.strip()):
        raise Problem("reason-missing", "Say what it is for.", field="reason")
    if not 1 <= hours <= HOURS_MOST:
        sentence = f"Evidence is open for one to {HOURS_MOST} hours."
        raise Problem("invalid-hours", sentence, field="hours")
    if (track is None) == (person is None):
        raise Problem("one-subject", "Choose a track or a person.", field="track")
    evidence = Evidence.objects.create(
        moderator=by,
        track=track,
        person=person,
        reason=reason,
        expires_at=timezone.now() + timedelta(hours=hours),
    )
    _seal("evidence.opened", evidence, by, reason=reason, hours=hours)
    return evidence


@transaction.atomic
def close_evidence(*, evidence: Evidence, by: User) -> None:
    """End it before its time; what has ended already stays as it is."""
    if Evidence.objects.filter(pk=evidence.pk, closed_at=None).update(closed_at=timezone.now()):
        _seal("evidence.closed", evidence, by)


def _seal(kind: str, evidence: Evidence, by: User, **data: object) -> None:
    thing = evidence.track or evidence.person
    assert thing is not None  # noqa: S101 - the constraint says so
    subject = f"{thing._meta.label_lower}:{thing.pk}"
    sealing.append(kind=kind, actor=by.pk, subject=subject, evidence=str(evidence.pk), **data)
