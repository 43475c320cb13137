"""What is kept of moderators’ work, and for how long."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows
from moderation.models import Evidence

KEPT_FOR = timedelta(days=365)


def register_all() -> None:
    """Say what is kept, and what happens to it when somebody leaves."""
    kept.register(
        Kept(
            "moderation.Evidence",
            "What a moderator opened to look at, and why",
            Fate.REMOVED,
            "One year after it ended",
            words="What is about you goes with your account; what you opened as a moderator stays "
            "as somebody’s. The sealed log keeps the fact. It is in no archive, for it would tell "
            "of other people.",
            minor=True,
        )
    )
    kept.register_rule(
        Rule(
            "evidence",
            ("moderation.Evidence",),
            "What a moderator opened is forgotten one year after it ended.",
            forget_evidence,
        )
    )
    kept.on_farewell(remove_evidence, order=40)


def forget_evidence(now: datetime, most: int) -> int:
    """Forget what ended a year ago, by its time or by hand."""
    ended = Q(expires_at__lt=now - KEPT_FOR) | Q(closed_at__lt=now - KEPT_FOR)
    return forget_rows(Evidence.objects.filter(ended), most)


def remove_evidence(person: Any) -> None:
    """Remove what was opened about a person; what they opened themselves stays without a name."""
    Evidence.objects.filter(person=person).delete()
