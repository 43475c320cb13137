"""Reporting: whoever can open a thing can say what is wrong with it, signed in or not."""

from typing import Any

from django.db import transaction

from config.lib import limits
from config.lib.hidden import hidden
from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, tell
from moderation.cases.rules import ALWAYS_HEARD
from moderation.cases.services import open_case, quiet_case
from moderation.events import REPORT_MADE
from moderation.models import Reason, Report, Scope
from moderation.models.report import WORDS_CHARS
from moderation.mutes.selectors import is_muted
from moderation.things import Kind
from social.models import User
from tracks.models import TrackVersion

# What nobody can judge without words ("sufficiently substantiated", art. 16 (2) (a) DSA).
WANTS_WORDS = {Reason.COPYRIGHT, Reason.PRIVACY, Reason.IMPERSONATION, Reason.OTHER}
HAS_MOMENTS = {Scope.TRACK, Scope.VERSION, Scope.NOTE}


@transaction.atomic
def report(
    *,
    kind: Kind,
    row: Any,
    reason: str,
    words: str,
    source: str,
    reporter: User | None = None,
    at_ms: int | None = None,
) -> Report:
    """Take a report of a thing that its reporter may open; it joins the open case, or opens one.

    `source` is the address it comes from, kept as a pseudonym. Raises Problem `words-missing`,
    `words-too-long`, `moment-too-late`, `too-many`.
    """
    words = words.strip()
    if not words and Reason(reason) in WANTS_WORDS:
        raise Problem("words-missing", "Say in a few words what is wrong.", field="description")
    if len(words) > WORDS_CHARS:
        sentence = f"Say it in at most {WORDS_CHARS} characters."
        raise Problem("words-too-long", sentence, field="description")
    _require_moment(kind, row, at_ms)
    who, pseudonym = reporter.pk if reporter else source, hidden(source, "report")
    limits.spend("report", who)
    muted = is_muted(reporter=reporter, source=pseudonym)
    if muted:
        limits.spend("report-muted", who)
    is_heard = not muted or Reason(reason) in ALWAYS_HEARD
    case = (open_case if is_heard else quiet_case)(kind=kind, row=row, reason=reason)
    made: Report = Report.objects.create(
        case=case,
        reason=reason,
        words=words,
        at_ms=at_ms if kind.scope in HAS_MOMENTS else None,
        version_id=_version(kind, row),
        reporter=reporter,
        source=pseudonym,
        is_muted=muted,
    )
    tell(REPORT_MADE, of=made, audience=MODERATORS, case=case.pk)
    return made


def _require_moment(kind: Kind, row: Any, at_ms: int | None) -> None:
    """Refuse a moment after the end of what is heard; what is not measured yet has no end."""
    if at_ms is None or kind.scope not in HAS_MOMENTS:
        return
    version = TrackVersion.objects.select_related("media__asset__facts")
    heard = version.filter(pk=_version(kind, row)).first()
    facts = getattr(heard.media.asset, "facts", None) if heard else None
    if facts and at_ms > facts.duration_ms:
        sentence = "It ends before that moment. Say when it is heard, or leave it empty."
        raise Problem("moment-too-late", sentence, field="at_ms")


def _version(kind: Kind, row: Any) -> Any:
    """Return which version was heard: what is primary at another time is another one."""
    if kind.scope == Scope.TRACK:
        return row.primary_version_id
    return row.pk if kind.scope == Scope.VERSION else getattr(row, "version_id", None)
