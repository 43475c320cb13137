"""What nobody decides about: what is their own. One table, for all who judge.

Each rule refuses a party while somebody else here could decide. Where nobody is left who could (a
house with one operator, or all others are parties as well), it becomes 24 hours of waiting, the
second factor, and a mark in the sealed log that everybody reads (`/transparency/`). So nothing
waits for ever, and nothing of that kind is done in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events.services import subject_of
from media_pipeline.models import SealedEntry
from media_pipeline.sealing import services as sealing
from moderation.models import Case, Decision, Reason
from social.models import User
from social.staff.rules import require_recent_code
from tracks import parties

ALONE = timedelta(hours=24)
DECIDE, DECIDE_COPYRIGHT = "moderation.add_decision", "moderation.decide_copyright"
MARK = "alone.acted"
WAITS = "Nobody else is here who could, so it waits: look again after 24 hours."
MARKED = "Nobody else is here who could. You may, and the public log will say so."


@dataclass(frozen=True)
class Act:
    """What somebody is about to do: with a case, about whose things, against which decision.

    Or without one, with what somebody has asked for: a `question`.
    """

    by: User
    case: Case | None = None
    person: User | None = None
    decision: Decision | None = None
    question: parties.Question | None = None


@dataclass(frozen=True)
class Rule:
    """`since` returns what the 24 hours are counted from; None where the rule does not apply."""

    name: str
    sentence: str
    since: Callable[[Act], datetime | None]


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Put one more rule into the table. Raises ValueError for a name given twice."""
    if rule.name in RULES:
        raise ValueError(f"There are two rules called {rule.name}.")
    RULES[rule.name] = rule


def _asked(rule: str, act: Act) -> datetime | None:
    found = act.question
    return found.parties.get(act.by.pk) if found and found.rule == rule else None


def _own_content(act: Act) -> datetime | None:
    if act.question:
        return _asked("own-content", act)
    if act.case is None:
        return None
    owners = {act.case.person_id, act.person.pk if act.person else None}
    if act.decision:  # a case is of whose the thing was then, a decision of whom it touches
        owners.add(act.decision.person_id)
    return act.case.opened_at if act.by.pk in owners else None


def _own_report(act: Act) -> datetime | None:
    if act.case is None:
        return None
    made = act.case.reports.filter(reporter=act.by).order_by("-pk")
    return made.values_list("created_at", flat=True).first()


def _own_decision(act: Act) -> datetime | None:
    made = act.decision
    return made.created_at if made and made.by_id == act.by.pk else None


def _own_money(act: Act) -> datetime | None:
    return _asked("own-money", act)


for rule in (
    Rule("own-content", "This is about something of your own.", _own_content),
    Rule("own-report", "You reported this yourself.", _own_report),
    Rule("own-decision", "You decided this yourself.", _own_decision),
    Rule("own-money", "This money is for you, or you prepared it yourself.", _own_money),
):
    register(rule)


def standing(act: Act) -> dict[str, datetime]:
    """Return the rules that stand in the way of an act, each with when its 24 hours began."""
    found = {name: rule.since(act) for name, rule in RULES.items()}
    return {name: moment for name, moment in found.items() if moment}


def require(act: Act) -> None:
    """Let somebody act who is no party; a party only where nobody else is left. In a transaction.

    Raises Problem: the name of a rule, `too-early`, `code-needed`.
    """
    found = standing(act)
    if not found:
        return
    if not is_left_alone(act):
        name = next(iter(found))
        sentence = f"{RULES[name].sentence} Somebody else has to look at it."
        raise Problem(name, sentence, status=403)
    if timezone.now() < max(found.values()) + ALONE:
        name = next(iter(found))
        raise Problem("too-early", f"{RULES[name].sentence} {WAITS}", status=409)
    require_recent_code(act.by)
    for name in found:
        _mark(name, act)


@parties.judges_parties
def _judge(by: User, question: parties.Question) -> None:
    require(Act(by, question=question))


def told(act: Act) -> tuple[bool, str]:
    """Return whether somebody may act, as far as these rules go, and a sentence about it."""
    found = standing(act)
    if not found:
        return True, ""
    sentence = RULES[next(iter(found))].sentence
    if not is_left_alone(act):
        return False, f"{sentence} Somebody else has to look at it."
    if timezone.now() < max(found.values()) + ALONE:
        return False, f"{sentence} {WAITS}"
    return True, f"{sentence} {MARKED}"


def is_left_alone(act: Act) -> bool:
    """Tell whether nobody else here could do this: no other decides, or each is a party, too."""
    others = (one for one in _others(act.by) if _decides(one, act))
    return all(standing(replace(act, by=one)) for one in others)


def is_alone(user: User) -> bool:
    """Tell whether nobody else here decides cases."""
    return not any(one.has_perm(DECIDE) for one in _others(user))


def _others(user: User) -> list[User]:
    """Return all other staff who can act: those without a second factor cannot."""
    can = {"is_staff": True, "is_active": True, "is_banned": False, "authenticator__type": "totp"}
    return list(User.objects.filter(**can).exclude(pk=user.pk))


def _decides(user: User, act: Act) -> bool:
    if act.question:
        return user.has_perm(act.question.right)
    of_rights = act.case and act.case.reason == Reason.COPYRIGHT and user.has_perm(DECIDE_COPYRIGHT)
    return bool(user.has_perm(DECIDE) or of_rights)


def _mark(name: str, act: Act) -> None:
    """Write it down for everybody: one mark a day for each rule, case and person."""
    about: Any = act.question.row if act.question else act.case
    subject, day = subject_of(about), timezone.now().replace(hour=0, minute=0, second=0)
    same = SealedEntry.objects.filter(kind=MARK, subject=subject, actor=str(act.by.pk))
    if not same.filter(data__rule=name, created_at__gte=day).exists():
        sealing.append(kind=MARK, actor=act.by.pk, subject=subject, rule=name)
