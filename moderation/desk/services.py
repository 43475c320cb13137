"""A moderator's acts on a case, as the desk offers them."""

from typing import Any
from uuid import UUID

from django.db import transaction

from config.lib.problems import Problem
from moderation.appeals import services as appeals
from moderation.cases import rules
from moderation.cases.services import locked, open_unreported
from moderation.decisions import services as decisions
from moderation.decisions.statements import Statement
from moderation.evidence.services import open_evidence
from moderation.models import Appeal, Case, Decision, Evidence, Reason, SavedFilter
from moderation.models.decision import RESTRICTS
from moderation.strikes import services as strikes
from moderation.things import KINDS, find
from moderation.walks.services import walk_before
from social.models import User

EVIDENCE_HOURS = 24
NAME_CHARS, FILTERS_MOST = 40, 20


@transaction.atomic
def bring(*, scope: str, rows: list[Any], by: User) -> list[Case]:
    """Open a case for each of these things, which nobody reported.

    An account that nobody is behind any more is left out. Raises Problem `not-a-moderator`.
    """
    kind = KINDS[scope]
    here = [row for row in rows if not getattr(row, "left_at", None)]
    return [open_unreported(kind=kind, row=row, reason=Reason.OTHER, by=by) for row in here]


def decide(
    *,
    case: Case,
    by: User,
    kind: str,
    scope: str,
    row: Any,
    statement: Statement,
    is_strike: bool = False,
    seen: UUID | None = None,
) -> Decision:
    """Decide, and answer with the same reasons whoever had appealed that nothing was done.

    Where it is to count as a strike, it does. Where a visitor finds it is looked at before. `seen`
    is the newest decision that the page told of. Raises Problem `decided-meanwhile`.
    """
    words: dict[str, Any] = {"kind": kind, "scope": scope, "row": row, "statement": statement}
    if kind in RESTRICTS and rules.may_decide(by, case):
        walk_before(case)
    with transaction.atomic():
        _require_seen(locked(case), by, seen)
        made = decisions.decide(case=case, by=by, **words)
        if is_strike:
            strikes.give(decision=made, by=by)
        appeals.follow(decision=made, by=by)
    return made


def _require_seen(case: Case, by: User, seen: UUID | None) -> None:
    """Refuse where somebody else has decided in this case since: their reasons are read first."""
    if seen is None or not rules.may_decide(by, case):
        return
    others = case.decisions.filter(pk__gt=seen).exclude(by=by).select_related("by")
    if newest := others.order_by("-pk").first():
        moment = f"{newest.created_at:%-d %B, %H:%M} UTC"
        sentence = (
            f"{newest.by.name} has decided in this case meanwhile, on {moment}: {newest}. Read why "
            "below. Nothing was done with what you wrote; send it again to decide all the same."
        )
        raise Problem("decided-meanwhile", sentence, status=409)


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


@transaction.atomic
def save_filter(*, by: User, name: str, query: str) -> SavedFilter:
    """Keep a filter of the queue under a name; the same name again means this one from now on.

    Raises Problem `name-missing`, `too-many-filters`.
    """
    name = " ".join(name.split())[:NAME_CHARS]
    if not name:
        raise Problem("name-missing", "Give it a name.", field="name")
    others = SavedFilter.objects.filter(moderator=by).exclude(name=name)
    if others.count() >= FILTERS_MOST:
        sentence = f"You have {FILTERS_MOST} filters. Remove one first."
        raise Problem("too-many-filters", sentence, status=409)
    words: dict[str, Any] = {"moderator": by, "name": name}
    made: SavedFilter = SavedFilter.objects.update_or_create(**words, defaults={"query": query})[0]
    return made


def forget_filter(*, key: Any, by: User) -> None:
    """Forget a filter of one's own."""
    SavedFilter.objects.filter(pk=key, moderator=by).delete()
