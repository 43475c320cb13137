"""Not hearing, for a time, whoever reports what is manifestly unfounded again and again.

Regulation (EU) 2022/2065, article 23 (2) to (4): after a warning, for a reasonable time, with
reasons, and looked at case by case. Muted reports are still kept; what may be a danger to life, or
to a child, still opens a case.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from media_pipeline.locks import lock
from moderation.cases import rules as bench
from moderation.cases.services import seal
from moderation.events import REPORTER_TOLD
from moderation.models import Mute, Report
from moderation.models.mute import FACTS_CHARS
from moderation.mutes import selectors
from moderation.mutes.letters import send_letter
from social.models import User

DAYS_MOST = 90
# A warning counts for so long.
WARNED_FOR = timedelta(days=365)


@transaction.atomic
def warn(*, report: Report, by: User, facts: str) -> Mute:
    """Warn whoever made a report that the next such one may be the last that is heard for a time.

    Raises Problem `not-a-moderator`, `own-content`, `words-missing`, `words-too-long`,
    `nobody-there`.
    """
    return _write(report, by, facts, kind=Mute.Kind.WARN)


@transaction.atomic
def mute(*, report: Report, by: User, facts: str, days: object) -> Mute:
    """Mute the source of a report for some days, if it was warned before it made this report.

    Raises Problem as `warn`, and `not-warned`, `invalid-days`, `already-muted`.
    """
    lasts = _days(days)
    lock(f"mute:{report.reporter_id or report.source}")
    warned = selectors.acts_about(report).filter(
        kind=Mute.Kind.WARN,
        created_at__lt=report.created_at,
        created_at__gt=timezone.now() - WARNED_FOR,
    )
    if not warned.exists():
        sentence = "Warn first. Who goes on afterwards can be muted at a report made since."
        raise Problem("not-warned", sentence, status=409)
    if selectors.acts_about(report).in_force().exists():
        raise Problem("already-muted", "This source is muted already.", status=409)
    return _write(report, by, facts, kind=Mute.Kind.MUTE, until=timezone.now() + lasts)


@transaction.atomic
def lift(*, mute: Mute, by: User, facts: str) -> Mute:
    """End a mute before its time, by another act that names it.

    Raises Problem as `warn`, and `already-undone`.
    """
    row = Mute.objects.select_for_update(of=("self",)).get(pk=mute.pk)
    is_over = row.until is None or row.until <= timezone.now()
    if is_over or Mute.objects.filter(undoes=row).exists():
        raise Problem("already-undone", "This mute is over.", status=409)
    if row.report is None:
        raise Problem("not-found", "The report it was about is forgotten.", status=404)
    return _write(row.report, by, facts, kind=Mute.Kind.LIFT, undoes=row)


def _write(report: Report, by: User, facts: str, **words: Any) -> Mute:
    bench.require_decider(by, report.case)
    if report.reporter_id == by.pk:
        raise Problem("own-content", "This is a report of your own.", status=403)
    if not (facts := facts.strip()):
        sentence = "Say why: whoever reported reads it."
        raise Problem("words-missing", sentence, field="words")
    bench.require_short(facts, FACTS_CHARS)
    if not (report.reporter_id or report.source):
        raise Problem("nobody-there", "Nobody is known behind this report any more.", status=409)
    made: Mute = Mute.objects.create(
        report=report,
        person=report.reporter,
        source="" if report.reporter_id else report.source,
        by=by,
        facts=facts,
        **words,
    )
    seal(f"reporter.{made.kind}", report.case, by, report=str(report.pk), mute=str(made.pk))
    tell(REPORTER_TOLD, of=made, audience=OWNER, report=report.pk)
    send_letter(made)
    return made


def _days(days: object) -> timedelta:
    try:
        count = int(str(days))
    except ValueError:
        count = 0
    if not 1 <= count <= DAYS_MOST:
        raise Problem("invalid-days", f"Say 1 to {DAYS_MOST} days.", field="days")
    return timedelta(days=count)
