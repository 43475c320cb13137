"""Appeals: by whom a decision touches, or by whoever reported what nothing was done about.

Free of charge, for six months, answered by a person in words (Regulation (EU) 2022/2065, art. 20).
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib import limits
from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, OWNER, tell
from moderation.cases import rules as bench
from moderation.cases import services as cases
from moderation.decisions import services as decisions
from moderation.decisions.following import follows
from moderation.decisions.letters import send_answer
from moderation.events import APPEAL_ANSWERED, APPEAL_MADE
from moderation.models import Appeal, Case, Decision, Report
from moderation.models.appeal import ANSWER_CHARS, APPEAL_CHARS, APPEAL_FOR
from moderation.models.decision import Kind
from social.models import User

ANSWERED = "This appeal was answered already."
OVER = "The six months in which one can appeal are over."


@transaction.atomic
def appeal(*, decision: Decision, text: str) -> Appeal:
    """Take the appeal of whom a decision touches; the entrance has made sure that it is them.

    Raises Problem `text-missing`, `nothing-to-appeal`, `too-late`, `appealed-already`, `too-many`.
    """
    case = cases.locked(decision.case)
    if decision.kind in (Kind.RESTORE, Kind.NO_ACTION) or _is_undone(decision):
        raise Problem("nothing-to-appeal", "There is nothing to appeal against.", status=409)
    if decision.appeals.filter(by_reporter=False).exists():
        raise Problem("appealed-already", "You have appealed against this already.", status=409)
    return _take(case, decision, text, None, str(decision.person_id))


@transaction.atomic
def appeal_as_reporter(*, report: Report, decision: Decision, text: str) -> Appeal:
    """Take the appeal of whoever reported something, against that nothing was done about it.

    Raises Problem as `appeal` does.
    """
    case = cases.locked(decision.case)
    if decision.kind != Kind.NO_ACTION or decision.case_id != report.case_id:
        raise Problem("nothing-to-appeal", "There is nothing to appeal against.", status=409)
    if decision.appeals.filter(report=report).exists():
        raise Problem("appealed-already", "You have appealed against this already.", status=409)
    return _take(case, decision, text, report, str(report.pk))


@transaction.atomic
def uphold(*, appeal: Appeal, by: User, words: str) -> Appeal:
    """Answer that the decision stands, and why.

    Raises Problem as `cases.rules.require_decider`, `text-missing`, `words-too-long`,
    `answered-already`.
    """
    return _answer(appeal, by, words, None)


@transaction.atomic
def grant(*, appeal: Appeal, by: User, words: str) -> Appeal:
    """Undo the decision an appeal is against, by another one, and say why. Raises as `uphold`."""
    _require_open(appeal, by, words)
    decisions.restore(decision=appeal.decision, by=by, facts=words, case=appeal.case)
    appeal.refresh_from_db()  # what undoes a decision answers who appealed against it
    return appeal


@follows
def answer_by_undoing(decision: Decision, by: User) -> None:
    """Answer whom an undone decision touched, whichever way it was undone: their appeal is over."""
    if not decision.undoes_id:
        return
    waiting: Any = Appeal.objects.select_for_update(of=("self",)).select_related("decision", "case")
    about = {"decision": decision.undoes_id, "by_reporter": False, "answered_at": None}
    for one in waiting.filter(**about):
        _write_answer(one, by, decision.facts, decision)


@transaction.atomic
def follow(*, decision: Decision, by: User) -> None:
    """Answer, by the reasons of a decision, the reporters who had appealed against no action."""
    waiting = Appeal.objects.filter(case=decision.case_id, by_reporter=True, answered_at=None)
    for one in waiting.select_related("decision", "case"):
        _answer(one, by, decision.facts, decision)


def _take(case: Case, decision: Decision, text: str, report: Report | None, who: str) -> Appeal:
    text = text.strip()
    if not text:
        raise Problem("text-missing", "Say why you see it differently.", field="text")
    if len(text) > APPEAL_CHARS:
        sentence = f"Say it in at most {APPEAL_CHARS} characters."
        raise Problem("text-too-long", sentence, field="text")
    if timezone.now() >= decision.created_at + APPEAL_FOR:
        raise Problem("too-late", OVER, status=409)
    limits.spend("appeal", who)
    due = timezone.now() + timedelta(days=bench.DAYS_OF_APPEALS)
    reopened = cases.reopen(case=case, due=due)
    made: Appeal = Appeal.objects.create(
        decision=decision,
        case=reopened,
        report=report,
        by_reporter=report is not None,
        words=text,
    )
    words = {"decision": decision.pk, "case": reopened.pk}
    tell(APPEAL_MADE, of=made, audience=MODERATORS, **words)
    return made


def _require_open(appeal: Appeal, by: User, words: str) -> Case:
    case = cases.locked(appeal.case)
    bench.require_decider(by, case, decision=appeal.decision)
    if not words.strip():
        raise Problem("text-missing", "An appeal is answered in words.", field="words")
    bench.require_short(words.strip(), ANSWER_CHARS)
    answered = Appeal.objects.filter(pk=appeal.pk).exclude(answered_at=None)
    if one := answered.select_related("answered_by").first():
        sentence = bench.done_by(ANSWERED, one.answered_by, one.answered_at)
        raise Problem("answered-already", sentence, status=409)
    return case


def _answer(appeal: Appeal, by: User, words: str, led_to: Decision | None) -> Appeal:
    case = _require_open(appeal, by, words)
    _write_answer(appeal, by, words, led_to)
    cases.settle(case)
    return appeal


def _write_answer(appeal: Appeal, by: User, words: str, led_to: Decision | None) -> None:
    """Write an answer down and send it. Raises Problem `answered-already`."""
    appeal.answer, appeal.answered_by = words.strip(), by
    appeal.answered_at, appeal.led_to = timezone.now(), led_to
    said = {"answer": appeal.answer, "answered_by": by, "led_to": led_to}
    waiting = Appeal.objects.filter(pk=appeal.pk, answered_at=None)
    if not waiting.update(answered_at=appeal.answered_at, **said):
        raise Problem("answered-already", ANSWERED, status=409)
    case, outcome = appeal.case, str(led_to.pk) if led_to else ""
    cases.seal("appeal.answered", case, by, appeal=str(appeal.pk), led_to=outcome)
    words_of_event = {"decision": appeal.decision_id, "case": case.pk}
    tell(APPEAL_ANSWERED, of=appeal, audience=OWNER, **words_of_event)
    if not appeal.by_reporter:
        send_answer(appeal)


def _is_undone(decision: Decision) -> bool:
    return Decision.objects.filter(undoes=decision).exists()
