"""How long a case may wait, which of two reasons is graver, and who may decide."""

from datetime import datetime, timedelta
from typing import Any

from config.lib.problems import Problem
from moderation.alone import rules as alone
from moderation.models import Case, Decision, Reason
from social.models import User

# By when a case of this kind should be decided: "timely" (Regulation (EU) 2022/2065, art. 16 (6)),
# and "expeditiously" for copyright (17 USC 512 (c)), in days.
DAYS = {Reason.MINORS: 1, Reason.VIOLENCE: 1, Reason.SEXUAL: 2, Reason.COPYRIGHT: 2}
DAYS_ELSE = 7
DAYS_OF_APPEALS = 14
ORDER = list(Reason.values)
# What may be a danger to life or to a child is looked at, whoever says so (art. 18 DSA).
ALWAYS_HEARD = {Reason.MINORS, Reason.VIOLENCE}
DECIDE, DECIDE_COPYRIGHT = alone.DECIDE, alone.DECIDE_COPYRIGHT


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


def may_ban(user: Any) -> bool:
    """Tell whether this person closes accounts and opens them again: moderators do.

    The rights desk decides what is somebody's work; that somebody goes on all the same is for who
    sees all of what they did.
    """
    return bool(getattr(user, "acts_as_staff", False) and user.has_perm(DECIDE))


def may_judge(user: Any) -> bool:
    """Tell whether this person decides cases of any kind."""
    has_right = user.has_perm(DECIDE) or user.has_perm(DECIDE_COPYRIGHT)
    return bool(user.acts_as_staff and has_right)


def house() -> User:
    """Return who decides for the site itself: by a rule, or as whoever has the machine says."""
    found: User = User.objects.get(handle="system")
    return found


def require_short(words: str, most: int, *, field: str = "words") -> None:
    """Refuse a text that no letter could carry. Raises Problem `words-too-long`."""
    if len(words) > most:
        sentence = f"Say it in at most {most} characters."
        raise Problem("words-too-long", sentence, field=field)


def done_by(sentence: str, who: Any, moment: Any) -> str:
    """Return a refusal with who of the staff was faster, and when; nobody else is told that."""
    return f"{sentence} {who.name if who else 'Somebody'} did so on {moment:%-d %B, %H:%M} UTC."


def require_decider(
    user: User, case: Case, *, decision: Decision | None = None, kind: str = ""
) -> None:
    """Refuse whoever may not decide this, and parties as `moderation.alone` says.

    Raises Problem `not-a-moderator`, `may-not-ban`, those of its rules, `too-early`, `code-needed`.
    """
    if not may_decide(user, case):
        raise Problem("not-a-moderator", "Only moderators decide this.", status=403)
    kinds = {kind, decision.kind if decision else ""}
    if Decision.Kind.BAN in kinds and not may_ban(user):
        sentence = "Moderators decide about bans. Propose one to them, with your reasons."
        raise Problem("may-not-ban", sentence, status=403, field="kind")
    alone.require(alone.Act(user, case, decision=decision))
