"""Deciding: a row with its reasons, what it does, and word of it to whom it touches."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from media_pipeline.jobs.services import jobs
from moderation import things
from moderation.alone import rules as alone
from moderation.cases import rules as bench
from moderation.cases import services as cases
from moderation.decisions import effects
from moderation.decisions.letters import send_letter
from moderation.decisions.rules import OFFERED, REDRESS
from moderation.events import DECISION_MADE
from moderation.models import Case, Decision
from moderation.models.decision import Kind
from moderation.walks.services import ask_for_walk
from social.models import User

ENDS = "decision-ends"
DAYS_MOST = 3650


@dataclass(frozen=True)
class Statement:
    """The reasons of a decision, as article 17 of Regulation (EU) 2022/2065 wants them."""

    facts: str
    source: str = Decision.Source.OWN
    ground: str = ""
    clause: str = ""
    territory: str = "Everywhere"
    days: int | None = None  # how long it lasts; None: until it is undone
    automated: bool = False
    redress: str = REDRESS


@transaction.atomic
def decide(
    *, case: Case, by: User, kind: str, scope: str, row: Any, statement: Statement
) -> Decision:
    """Decide about a thing, with reasons; what closes is closed before this returns.

    Raises Problem as `cases.rules.require_decider`, `no-such-effect`, `statement-missing`,
    `already-decided`.
    """
    found = cases.locked(case)
    bench.require_decider(by, found)
    person = things.KINDS[scope].owner(row)
    alone.require(alone.Act(by, found, person=person))
    _require_effect(kind, scope, person)
    _require_statement(kind, statement)
    same = Decision.objects.in_force().filter(kind=kind, scope=scope, target_id=row.pk)
    if same.exists():
        raise Problem("already-decided", "This is so already.", status=409)
    made = _write(found, by, kind, scope, row, statement, None)
    effects.apply(made, by=by)
    if made.until:
        jobs.enqueue(ENDS, subject=made, run_after=made.until, key=str(made.pk))
    cases.settle(found)
    return made


@transaction.atomic
def restore(*, decision: Decision, by: User, facts: str, case: Case | None = None) -> Decision:
    """Undo a decision by another one that names it; what it closed is open again.

    Raises Problem as `cases.rules.require_decider`, `statement-missing`, `already-undone`.
    """
    found = cases.locked(case or decision.case)
    bench.require_decider(by, found, decision=decision)
    if decision.kind in (Kind.RESTORE, Kind.NO_ACTION):
        raise Problem("nothing-to-undo", "There is nothing in it to undo.", status=409)
    if Decision.objects.filter(undoes=decision).exists():
        raise Problem("already-undone", "This was undone already.", status=409)
    statement = Statement(facts=facts, source=decision.source)
    _require_statement(Kind.RESTORE, statement)
    row = things.find(decision.scope, decision.target_id) or decision
    made = _write(found, by, Kind.RESTORE, decision.scope, row, statement, decision)
    effects.apply(decision, by=by, is_lifted=True)
    cases.settle(found)
    return made


def end(*, decision: Decision) -> None:
    """Bring everything in line with a decision whose time is over."""
    if decision.until and decision.until <= timezone.now():
        effects.apply(decision, by=decision.by, is_lifted=True)


def _require_effect(kind: str, scope: str, person: User | None) -> None:
    if kind == Kind.NO_ACTION:
        return
    if kind not in OFFERED[scope]:
        raise Problem("no-such-effect", "This cannot be decided about such a thing.", field="kind")
    if kind == Kind.BAN and person and person.is_staff:
        raise Problem("is-staff", "Administrators cannot be banned from here.", field="kind")


def _require_statement(kind: str, said: Statement) -> None:
    wanted = {"facts": said.facts}
    if kind not in (Kind.NO_ACTION, Kind.RESTORE):
        wanted |= {
            "ground": said.ground,
            "clause": said.clause,
            "territory": said.territory,
            "redress": said.redress,
        }
    for name, words in wanted.items():
        if not words.strip():
            sentence = "Whom it touches is owed complete reasons: this is missing."
            raise Problem("statement-missing", sentence, field=name)
    if said.days is not None and not 1 <= said.days <= DAYS_MOST:
        raise Problem("invalid-days", f"Say 1 to {DAYS_MOST} days, or none.", field="days")


def _write(
    case: Case, by: User, kind: str, scope: str, row: Any, said: Statement, undoes: Decision | None
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
        title=things.title_of(things.KINDS[scope], row) if is_known else row.title,
        facts=said.facts.strip(),
        source=said.source,
        ground=said.ground,
        clause=said.clause.strip(),
        territory=said.territory.strip(),
        until=_until(said.days),
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
    tell(DECISION_MADE, of=made, audience=OWNER, case=case.pk)
    if kind != Kind.NO_ACTION:
        send_letter(made)
    ask_for_walk(case=case, decision=made)
    return made


def _until(days: int | None) -> datetime | None:
    return timezone.now() + timedelta(days=days) if days else None
