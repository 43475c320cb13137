"""Who writes down that money has come in, and what can be done with a contribution as it stands."""

from typing import Any

from config.lib.problems import Problem
from economics.models import Contribution
from economics.providers.manual import is_by_hand
from social.models import User
from tracks.parties import Question, require_no_party

SETTLE = "economics.settle_contribution"
Status, Mode = Contribution.Status, Contribution.Mode


def may_settle(user: Any) -> bool:
    """Tell whether this person writes down what has come in."""
    return bool(getattr(user, "acts_as_staff", False) and user.has_perm(SETTLE))


def require_settler(by: User, given: Contribution) -> None:
    """Refuse whoever may not, and whoever gave it or is given it, as the table of parties says.

    In a transaction. Raises Problem `not-finance`, and those of `tracks.parties`.
    """
    if not may_settle(by):
        raise Problem("not-finance", "Only finance writes this down.", status=403)
    parties = {key: given.created_at for key in (given.giver_id, given.artist_id) if key}
    require_no_party(by, Question(given, parties, SETTLE))


def acts_on(given: Contribution) -> list[str]:
    """Return what staff can do with it now: a direct one is its recipient's to confirm.

    Where that is this site alone, staff are who sees it come in.
    """
    if given.status in (Status.DECLARED, Status.FAILED):
        is_ours = given.mode == Mode.POOLED or given.is_for_site
        # What failed directly has no memo any more: it is declared anew.
        is_over = given.mode == Mode.DIRECT and given.status == Status.FAILED
        return ["confirm", "cancel"] if is_ours and not is_over else ["cancel"]
    if given.status != Status.CONFIRMED or given.mode != Mode.POOLED:
        return []
    return ["refund"] if is_by_hand(given) else ["give-back"]
