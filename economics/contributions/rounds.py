"""What was declared and never came in is waited for some weeks, and then no more."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from config.lib.kept import Rule, register_rule
from economics.contributions import services
from economics.models import Contribution, ProviderCall, ProviderEvent

NAME = "declared-contributions"


def expire(now: datetime, most: int) -> int:
    """Wait no more for what was declared too many days ago; return for how many.

    Its row stays, as failed: whoever paid late is still counted. Direct ones are no money that is
    waited for here. Left alone is what a provider was asked and has not answered, or has told and
    nobody has taken yet. The event writes the letter.
    """
    days = settings.NEXUS_DECLARED_DAYS
    if days < 1:
        return 0
    rows = Contribution.objects.filter(_waited_for(), created_at__lt=now - timedelta(days=days))
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    return sum(_let_go(key) for key in keys)


def _waited_for() -> Q:
    asked = ProviderCall.objects.filter(contribution=OuterRef("pk"), answered_at=None)
    waiting = ProviderEvent.State.WAITING
    told = ProviderEvent.objects.filter(contribution=OuterRef("pk"), state=waiting)
    declared = Q(status=Contribution.Status.DECLARED, mode=Contribution.Mode.POOLED)
    return declared & ~Exists(asked) & ~Exists(told)


@transaction.atomic
def _let_go(key: UUID) -> bool:
    services.locked(key)
    # What came in, or was asked of a provider, while this waited for the lock.
    if not Contribution.objects.filter(_waited_for(), pk=key).exists():
        return False
    services.cancel(key, failed=True)
    return True


def register_all() -> None:
    """Let retention carry it out."""
    days = settings.NEXUS_DECLARED_DAYS
    sentence = f"What was declared and has not come in: waited for {days} days, then no more."
    register_rule(Rule(NAME, ("economics.Contribution",), sentence, expire))
