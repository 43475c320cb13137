"""How long a case may wait, which of two reasons is graver, and who may decide."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from config.lib.problems import Problem
from moderation.models import Case, Decision, Reason
from social.models import User

# By when a case of this kind should be decided: "timely" (Regulation (EU) 2022/2065, art. 16 (6)),
# and "expeditiously" for copyright (17 USC 512 (c)), in days.
DAYS = {Reason.MINORS: 1, Reason.VIOLENCE: 1, Reason.SEXUAL: 2, Reason.COPYRIGHT: 2}
DAYS_ELSE = 7
DAYS_OF_APPEALS = 14
ORDER = list(Reason.values)
# Who is the only one to decide waits so long before looking at their own once more.
ALONE = timedelta(hours=24)
DECIDE, DECIDE_COPYRIGHT = "moderation.add_decision", "moderation.decide_copyright"


def due(reason: str, moment: datetime) -> datetime:
    """Return by when what was reported at this moment should be decided."""
    return moment + timedelta(days=DAYS.get(Reason(reason), DAYS_ELSE))


def graver(one: str, other: str) -> str:
    """Return the graver of two reasons."""
    return min(one, other, key=ORDER.index)


def may_see(user: Any) -> bool:
    """Tell whether this person looks at cases."""
    return bool(getattr(user, "acts_as_staff", False) and user.has_perm("moderation.view_case"))


def may_decide(user: Any, case: Case) -> bool:
    """Tell whether this person decides cases of this kind: moderators all, the rights desk some."""
    if not getattr(user, "acts_as_staff", False):
        return False
    is_rights = case.reason == Reason.COPYRIGHT and user.has_perm(DECIDE_COPYRIGHT)
    return bool(user.has_perm(DECIDE) or is_rights)


def require_decider(user: User, case: Case) -> None:
    """Refuse whoever may not decide this. Raises Problem `not-a-moderator`, `own-content`."""
    if not may_decide(user, case):
        raise Problem("not-a-moderator", "Only moderators decide this.", status=403)
    if user.pk == case.person_id:
        sentence = "This is about something of your own. Somebody else has to decide it."
        raise Problem("own-content", sentence, status=403)


def require_second_look(user: User, decision: Decision) -> None:
    """Let nobody judge an earlier decision of their own, but who is the only one, a day later.

    Raises Problem `own-decision`, `too-early`.
    """
    if user.pk != decision.by_id:
        return
    if not is_alone(user):
        sentence = "You decided this yourself. Somebody else has to look at it."
        raise Problem("own-decision", sentence, status=403)
    if timezone.now() < decision.created_at + ALONE:
        sentence = "You decided this yourself, and nobody else is here: look again after 24 hours."
        raise Problem("too-early", sentence, status=409)


def is_alone(user: User) -> bool:
    """Tell whether nobody else here decides cases."""
    others = User.objects.filter(is_staff=True, is_active=True, is_banned=False).exclude(pk=user.pk)
    return not any(other.has_perm(DECIDE) for other in others)
