"""Strikes: given with a decision, withdrawn when it was wrong, and what many of them lead to."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, subject_of, tell
from media_pipeline.sealing import services as sealing
from moderation.cases import rules as bench
from moderation.decisions import services as decisions
from moderation.decisions.following import follows
from moderation.events import STRIKE_GIVEN, STRIKE_WITHDRAWN
from moderation.holds.services import held_of, hold
from moderation.models import Case, Decision, Reason, Scope, Strike
from moderation.models.decision import Kind
from moderation.models.strike import POLICY, WHY_CHARS
from moderation.strikes import rules
from moderation.strikes.letters import send_letter
from social.models import User


@transaction.atomic
def give(*, decision: Decision, by: User) -> Strike:
    """Let a decision count against whom it touches; too many lead to a hold, never to more.

    Raises Problem `not-a-moderator`, `own-content`, `nothing-to-strike`, `struck-already`.
    """
    bench.require_decider(by, decision.case)
    if decision.person is None or decision.kind not in rules.STRIKES:
        raise Problem("nothing-to-strike", "This cannot count as a strike.", field="strike")
    person = _locked(decision.person)
    if Strike.objects.filter(decision=decision).exists():
        raise Problem("struck-already", "This counts as a strike already.", status=409)
    made: Strike = Strike.objects.create(decision=decision, person=person, report=_notice(decision))
    _seal("strike.given", made, by)
    tell(STRIKE_GIVEN, of=made, audience=OWNER, decision=decision.pk)
    send_letter(made)
    _hold_if_many(person)
    return made


@transaction.atomic
def withdraw(*, strike: Strike, by: User, why: str) -> Strike:
    """Let a strike count no more, while its decision stands: its notice was taken back, say.

    Raises Problem `not-a-moderator`, `own-content`, `own-decision`, `too-early`, `words-missing`,
    `words-too-long`, `withdrawn-already`.
    """
    bench.require_decider(by, strike.decision.case, decision=strike.decision)
    if not (why := why.strip()):
        raise Problem("words-missing", "Say why it is withdrawn.", field="words")
    bench.require_short(why, WHY_CHARS)
    _locked(strike.person)
    beside = ("decision__undone_by__by", "withdrawn_by")
    row: Strike = Strike.objects.select_related(*beside).get(pk=strike.pk)
    if row.state == "withdrawn":
        raise Problem("withdrawn-already", _withdrawn(row), status=409)
    row.withdrawn_at, row.withdrawn_by, row.why_withdrawn = timezone.now(), by, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "why_withdrawn"])
    _seal("strike.withdrawn", row, by)
    tell(STRIKE_WITHDRAWN, of=row, audience=OWNER, decision=row.decision_id)
    _release_if_few(row.person)
    return row


@follows
def count_again(decision: Decision, _by: User) -> None:
    """Let go whom strikes hold, once a decision that counted is undone: it counts no more."""
    strike = Strike.objects.filter(decision=decision.undoes_id, withdrawn_at=None).first()
    if decision.undoes_id and strike:
        tell(STRIKE_WITHDRAWN, of=strike, audience=OWNER, decision=decision.pk)
        _release_if_few(strike.person)


def _hold_if_many(person: User) -> None:
    counting = Strike.objects.counting().filter(person=person).select_related("decision")
    found = list(counting.order_by("pk"))
    if len(found) < POLICY.most or _is_restricted(person):
        return
    words = {"facts": rules.facts(found), "clause": rules.CLAUSE}
    hold(scope=Scope.PERSON, row=person, reason=Reason.COPYRIGHT, **words)


def _release_if_few(person: User) -> None:
    """End the hold that rests on strikes which count no more; one that has run out waits."""
    if Strike.objects.counting().filter(person=person).count() >= POLICY.most:
        return
    for held in held_of(Scope.PERSON, person.pk).select_related("case"):
        decisions.restore_as_house(decision=held, facts=rules.WITHDRAWN)


def _withdrawn(row: Strike) -> str:
    sentence = "It is withdrawn already."
    if row.withdrawn_at:
        return bench.done_by(sentence, row.withdrawn_by, row.withdrawn_at)
    undone = row.decision.undone_by
    return bench.done_by(sentence, undone.by, undone.created_at)


def _is_restricted(person: User) -> bool:
    kinds = (Kind.SUSPEND_UPLOADS, Kind.HOLD, Kind.BAN)
    found = Decision.objects.in_force().filter(kind__in=kinds, scope=Scope.PERSON)
    return found.filter(target_id=person.pk).exists()


def _locked(person: User) -> User:
    """Lock somebody, so that two strikes at once are counted one after the other.

    An open case about them comes first, as everywhere: cases are locked before people.
    """
    cases: Any = Case.objects.select_for_update(of=("self",))
    list(cases.filter(target=Scope.PERSON, target_id=person.pk, state=Case.State.OPEN))
    found: User = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return found


def _notice(decision: Decision) -> Any:
    """Return the notice that led to a decision: the first of its case of that reason."""
    if decision.source != Decision.Source.NOTICE:
        return None
    notices = decision.case.reports.order_by("pk")
    return notices.filter(reason=decision.case.reason).first() or notices.first()


def _seal(act: str, strike: Strike, by: User) -> None:
    subject = subject_of(strike.person)
    sealing.append(kind=act, actor=by.pk, subject=subject, decision=str(strike.decision_id))
