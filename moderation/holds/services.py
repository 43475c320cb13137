"""Holding: a rule of the house closes something until a person has looked at it.

A hold is a decision like others, with its reasons, made by a machine and said to be. It is never
the last word: its case stays in the queue until somebody has decided.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from moderation.cases.services import open_case
from moderation.decisions import services as decisions
from moderation.decisions.following import follows
from moderation.decisions.statements import Statement
from moderation.holds import rules
from moderation.models import Decision, Reason, Scope
from moderation.models.decision import Kind
from moderation.things import KINDS
from social.models import User
from tracks.models import Track
from tracks.visibility.services.holding import holds

DUE = timedelta(days=3)
# What takes the place of a hold, so that whom it touches hears of this alone.
REPLACES = (Kind.HIDE, Kind.REMOVE, Kind.SUSPEND_UPLOADS, Kind.BAN)
REPLACED = "A person has looked at it and decided: see that decision."


@transaction.atomic
def hold(*, scope: str, row: Any, reason: str, facts: str, clause: str) -> Decision | None:
    """Hold a thing until a person has decided; None where it is held already."""
    kind = KINDS[scope]
    case = open_case(kind=kind, row=row, reason=reason, due=timezone.now() + DUE)
    if held_of(scope, row.pk).exists():
        return None
    said = Statement(facts=facts, ground=Decision.Ground.TERMS, clause=clause, automated=True)
    return decisions.decide_as_house(
        case=case, kind=Kind.HOLD, scope=scope, row=row, statement=said
    )


def held_of(scope: str, key: Any) -> Any:
    """Return the holds of a thing that wait for a person."""
    return Decision.objects.in_force().filter(kind=Kind.HOLD, scope=scope, target_id=key)


@holds
def keep_from_everybody(track: Track) -> bool:
    """Tell whether a piece is closed by a decision; hold it where it is a newcomer's."""
    if rules.is_closed(track):
        return True
    if not rules.is_of_newcomer(track):
        return False
    words = {"facts": rules.facts(), "clause": rules.CLAUSE}
    hold(scope=Scope.TRACK, row=track, reason=Reason.OTHER, **words)
    return True


@follows
def end_holds(decision: Decision, by: User) -> None:
    """End a hold once a person has decided about what is held, or that nothing is to be done."""
    if decision.kind in (Kind.HOLD, Kind.RESTORE):
        return
    about = Q(scope=decision.scope, target_id=decision.target_id)
    if decision.kind == Kind.NO_ACTION:
        about |= Q(case=decision.case_id)
    waiting = Decision.objects.in_force().filter(about, kind=Kind.HOLD)
    is_quiet = decision.kind in REPLACES
    facts = REPLACED if is_quiet else decision.facts
    for one in waiting.select_related("case"):
        decisions.restore_as_house(decision=one, facts=facts, by=by, is_quiet=is_quiet)
