"""A ban stops what is sent to an account: what is owed stays owed, until the ban is undone."""

from uuid import UUID

from economics.payouts.registry import Stop, stopped_by
from moderation.models import Decision, Scope
from moderation.models.decision import Kind

SENTENCE = "Nothing is sent to this account while a decision of the moderators closes it."


def _of_a_ban(person: UUID) -> Stop | None:
    bans = Decision.objects.in_force().filter(kind=Kind.BAN, scope=Scope.PERSON)
    first = bans.filter(target_id=person).order_by("created_at").first()
    return Stop(first.created_at, SENTENCE) if first else None


def register_all() -> None:
    """Let payouts ask."""
    stopped_by(_of_a_ban)
