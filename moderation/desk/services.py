"""A moderator's acts on a case, as the desk offers them."""

from typing import Any

from django.db import transaction

from moderation.appeals import services as appeals
from moderation.cases import rules
from moderation.decisions import services as decisions
from moderation.decisions.services import Statement
from moderation.evidence.services import open_evidence
from moderation.models import Appeal, Case, Decision, Evidence
from moderation.models.decision import RESTRICTS
from moderation.things import KINDS, find
from moderation.walks.services import walk_before
from social.models import User

EVIDENCE_HOURS = 24


def decide(
    *, case: Case, by: User, kind: str, scope: str, row: Any, statement: Statement
) -> Decision:
    """Decide, and answer with the same reasons whoever had appealed that nothing was done.

    Where a visitor finds it is looked at before.
    """
    words: dict[str, Any] = {"kind": kind, "scope": scope, "row": row, "statement": statement}
    if kind in RESTRICTS and rules.may_decide(by, case):
        walk_before(case)
    with transaction.atomic():
        made = decisions.decide(case=case, by=by, **words)
        appeals.follow(decision=made, by=by)
    return made


@transaction.atomic
def undo(*, decision: Decision, by: User, facts: str) -> Decision | None:
    """Undo a decision; where an appeal against it waits, this answers it."""
    waiting = Appeal.objects.filter(decision=decision, by_reporter=False, answered_at=None).first()
    if waiting:
        return appeals.grant(appeal=waiting, by=by, words=facts).led_to
    return decisions.restore(decision=decision, by=by, facts=facts)


def look_at(*, case: Case, by: User) -> Evidence:
    """Open what a case is about as evidence, for a day; the case is the reason that is kept."""
    row = find(case.target, case.target_id)
    track = KINDS[case.target].track(row) if row else None
    words: dict[str, Any] = {"track": track} if track else {"person": case.person}
    return open_evidence(by=by, reason=f"Case {case.pk}", hours=EVIDENCE_HOURS, **words)
