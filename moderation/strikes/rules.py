"""What can count as a strike, and what somebody is told whom many of them hold."""

from collections.abc import Iterable

from moderation.models import Strike
from moderation.models.decision import RESTRICTS, Kind
from moderation.models.strike import POLICY

# What rests on something that was wrong; a hold rests on a count, and would count itself.
STRIKES = [kind for kind in (Kind.WARN, *RESTRICTS) if kind != Kind.HOLD]
CLAUSE = "Terms of use: repeat infringers"
FACTS = (
    "{count} decisions about what you have put here count as strikes now, within {days} days: "
    "{titles}. Until a person has looked at this you can send nothing new. What is here stays as "
    "it is, and your account stays open."
)
WITHDRAWN = "A strike was withdrawn: fewer than that count now."


def facts(counting: Iterable[Strike]) -> str:
    """Return what somebody is told of why their uploads are held."""
    titles = [f"“{one.decision.title}” ({one.created_at:%-d %B %Y})" for one in counting]
    days = POLICY.counts_for.days
    return FACTS.format(count=len(titles), days=days, titles=", ".join(titles))[:4000]
