"""What was asked of providers, and what may still be asked of them today."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from assistant.models import ModelRun, ProviderCall
from assistant.models.consent import Where
from assistant.providers.registry import MACHINES

# What ended so had nothing done for it, and counts for no budget.
NOTHING_DONE = ("busy", "failing", "refused", "unreachable")
HEARD = ModelRun.Task.TRANSCRIPT


class Spent(NamedTuple):
    """What one provider was sent for one task, from a moment on."""

    provider: str
    task: str
    calls: int
    failed: int
    units: int


def day_begins() -> datetime:
    """Return when the day began for which budgets are: at midnight of the site's time zone."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def seconds_of_day() -> float:
    """Return how long it is until the next day begins."""
    return (day_begins() + timedelta(days=1) - timezone.now()).total_seconds()


def budget(task: str) -> int:
    """Return how much may be sent in a day: seconds of sound, or characters; 0 for no bound."""
    if task == HEARD:
        return int(settings.NEXUS_PROVIDER_SECONDS)
    return int(settings.NEXUS_PROVIDER_CHARACTERS)


def spent_today(task: str) -> int:
    """Return how much was sent today, to all providers: what is under way counts. One query."""
    rows = ProviderCall.objects.filter(asked_at__gte=day_begins()).exclude(status__in=NOTHING_DONE)
    rows = rows.filter(task=HEARD) if task == HEARD else rows.exclude(task=HEARD)
    return int(rows.aggregate(all=Sum("units"))["all"] or 0)


def left_today(task: str) -> int | None:
    """Return how much may still be sent today; None where there is no bound."""
    most = budget(task)
    return max(0, most - spent_today(task)) if most else None


def sums(since: datetime) -> list[Spent]:
    """Return what was sent from a moment on, by provider and task. One query."""
    rows = ProviderCall.objects.filter(asked_at__gte=since).order_by("provider", "task")
    counted = rows.values_list("provider", "task").annotate(
        calls=Count("pk"),
        failed=Count("pk", filter=~Q(status__in=["ok", "asked"])),
        sent=Sum("units", filter=~Q(status__in=NOTHING_DONE), default=0),
    )
    return [Spent(*row) for row in counted]


def questions_go_to() -> str:
    """Return who reads what people search for, elsewhere; empty where it stays on this server.

    Whoever searches is told so beside the field.
    """
    machine = MACHINES.embedders.get(settings.NEXUS_EMBEDDINGS)
    if machine is None or machine.is_local or settings.NEXUS_MACHINES != Where.PROVIDERS:
        return ""
    return machine.label if machine.is_there() else ""
