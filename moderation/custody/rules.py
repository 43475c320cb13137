"""Who keeps apart, who opens it, and what is said where nothing else was."""

from typing import Any

from moderation.cases.rules import may_decide
from moderation.models import Case, Decision
from moderation.models.decision import Kind

KEEP, OPEN = "moderation.add_custody", "moderation.open_custody"
DAYS, DAYS_MOST = 90, 3650
CLOSES = (Kind.HIDE, Kind.REMOVE, Kind.BAN)
# The law that has us tell, and that has us keep: both are read and changed before they are sent.
GROUND = Decision.Ground.LAW
CLAUSE = "Suspicion of a criminal offence (Regulation (EU) 2022/2065, article 18)"
FACTS = "It may be, or tell of, a criminal offence that threatens somebody’s life or safety."


def may_keep(user: Any, case: Case) -> bool:
    """Tell whether this person may keep what a case is about apart."""
    return may_decide(user, case) and bool(user.has_perm(KEEP)) and user.pk != case.person_id


def may_open(user: Any) -> bool:
    """Tell whether this person may look into what is kept apart."""
    return bool(user.acts_as_staff and user.has_perm(OPEN))
