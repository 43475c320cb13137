"""Deciding: a row with its reasons, what it does, and word of it to whom it touches."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from media_pipeline.jobs.services import jobs
from media_pipeline.locks import lock
from moderation import things
from moderation.alone import rules as alone
from moderation.cases import rules as bench
from moderation.cases import services as cases
from moderation.decisions import effects, following
from moderation.decisions.letters import send_letter
from moderation.decisions.rules import HELD, OFFERED
from moderation.decisions.statements import (
    Statement,
    require_statement,
    span_of,
    title_of,
    until_of,
)
from moderation.events import DECISION_MADE
from moderation.models import Case, Decision
from moderation.models.decision import Kind
from moderation.walks.services import ask_for_walk
from social.models import User

ENDS = "decision-ends"


@transaction.atomic
def decide(
    *, case: Case, by: User, kind: str, scope: str, row: Any, statement: Statement
) -> Decision:
    """Decide about a thing, with reasons; what closes is closed before this returns.

    Raises Problem as `cases.rules.require_decider`, `no-such-effect`, `statement-missing`,
    `already-decided`.
    """
    found = cases.locked(case)
    bench.require_decider(by, found, kind=kind)
    person = things.KINDS[scope].owner(row)
    alone.require(alone.Act(by, found, person=person))
    if kind == Kind.HOLD:
        raise Problem("no-such-effect", "Only a rule of the house holds. Decide.", field="kind")
    return _carry_out(found, by, kind, scope, row, statement)


@transaction.atomic
def decide_as_house(
    *, case: Case, kind: str, scope: str, row: Any, statement: Statement
) -> Decision:
    """Decide for the site itself: by a rule of the house, or as whoever has the machine says.

    Raises Problem as `decide` does, but for who may.
    """
    return _carry_out(cases.locked(case), bench.house(), kind, scope, row, statement)


def _carry_out(
    found: Case, by: User, kind: str, scope: str, row: Any, statement: Statement
) -> Decision:
    person = things.KINDS[scope].owner(row)
    _require_effect(kind, scope, person)
    require_statement(kind, statement)
    at_ms, until_ms = span_of(scope, row, statement)
    _lock(scope, row.pk)
    same = Decision.objects.in_force().filter(kind=kind, scope=scope, target_id=row.pk)
    same = same.filter(at_ms=at_ms, until_ms=until_ms)
    if before := same.select_related("by").first():
        sentence = bench.done_by("This is so already.", before.by, before.created_at)
        raise Problem("already-decided", sentence, status=409)
    made = _write(found, by, kind, scope, row, statement)
    effects.apply(made, by=by)
    if made.until:
        jobs.enqueue(ENDS, subject=made, run_after=made.until, key=str(made.pk))
    following.follow(made, by)
    cases.settle(found)
    return made


@transaction.atomic
def restore(*, decision: Decision, by: User, facts: str, case: Case | None = None) -> Decision:
    """Undo a decision by another one that names it; what it closed is open again.

    Raises Problem as `cases.rules.require_decider`, `statement-missing`, `already-undone`.
    """
    found = cases.locked(case or decision.case)
    bench.require_decider(by, found, decision=decision)
    return _undo(found, decision, by, facts)


@transaction.atomic
def restore_as_house(
    *, decision: Decision, facts: str, by: User | None = None, is_quiet: bool = False
) -> Decision:
    """Undo a decision for the site itself, or in the course of another one that was made.

    Nobody hears of what is quiet: they hear of what stands in its place. Raises Problem as
    `restore` does, but for who may.
    """
    found = cases.locked(decision.case)
    return _undo(found, decision, by or bench.house(), facts, is_quiet=is_quiet)


def _undo(
    found: Case, decision: Decision, by: User, facts: str, *, is_quiet: bool = False
) -> Decision:
    if decision.kind in (Kind.RESTORE, Kind.NO_ACTION):
        raise Problem("nothing-to-undo", "There is nothing in it to undo.", status=409)
    _lock(decision.scope, decision.target_id)
    if undone := Decision.objects.filter(undoes=decision).select_related("by").first():
        sentence = bench.done_by("This was undone already.", undone.by, undone.created_at)
        raise Problem("already-undone", sentence, status=409)
    statement = Statement(facts=facts, source=decision.source, span=decision.span)
    require_statement(Kind.RESTORE, statement)
    row = things.find(decision.scope, decision.target_id) or decision
    words: dict[str, Any] = {"undoes": decision, "is_quiet": is_quiet}
    made = _write(found, by, Kind.RESTORE, decision.scope, row, statement, **words)
    effects.apply(decision, by=by, is_lifted=True)
    following.follow(made, by)
    cases.settle(found)
    return made


def _lock(scope: str, key: Any) -> None:
    """Let one moderator at a time decide about a thing: it can be a part of several cases."""
    lock(f"decision:{scope}:{key}")


def end(*, decision: Decision) -> None:
    """Bring everything in line with a decision whose time is over, by the database's clock."""
    over = Decision.objects.filter(pk=decision.pk, until__lte=Now(), undone_by=None)
    if over.exists():
        effects.apply(decision, by=decision.by, is_lifted=True)


def _require_effect(kind: str, scope: str, person: User | None) -> None:
    if kind == Kind.NO_ACTION:
        return
    if kind not in OFFERED[scope] and (kind != Kind.HOLD or scope not in HELD):
        raise Problem("no-such-effect", "This cannot be decided about such a thing.", field="kind")
    if kind == Kind.BAN and person and person.is_staff:
        raise Problem("is-staff", "Administrators cannot be banned from here.", field="kind")


def _write(
    case: Case,
    by: User,
    kind: str,
    scope: str,
    row: Any,
    said: Statement,
    undoes: Decision | None = None,
    is_quiet: bool = False,
) -> Decision:
    is_known = row is not undoes
    person = things.KINDS[scope].owner(row) if is_known else row.person
    made: Decision = Decision.objects.create(
        case=case,
        by=by,
        person=person,
        kind=kind,
        scope=scope,
        target_id=row.pk if is_known else row.target_id,
        title=title_of(scope, row, said.span) if is_known else row.title,
        facts=said.facts.strip(),
        source=said.source,
        ground=said.ground,
        clause=said.clause.strip(),
        territory=said.territory.strip(),
        until=until_of(said.days),
        at_ms=said.span[0] if said.span else None,
        until_ms=said.span[1] if said.span else None,
        automated=said.automated,
        redress=said.redress.strip(),
        undoes=undoes,
    )
    cases.seal(
        "decision.made",
        case,
        by,
        decision=str(made.pk),
        what=kind,
        scope=f"{scope}:{made.target_id}",
        undoes=str(undoes.pk) if undoes else "",
        alone=alone.is_alone(by),
    )
    if not is_quiet:
        tell(DECISION_MADE, of=made, audience=OWNER, case=case.pk)
        if kind != Kind.NO_ACTION:
            send_letter(made)
    ask_for_walk(case=case, decision=made)
    return made
