"""Whether what providers tell is taken, and what they are asked is answered; for the doctor."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from config.lib import health
from config.lib.health import Degraded
from economics.models import ProviderCall, ProviderEvent

SOON = timedelta(minutes=15)
LATELY = timedelta(days=30)
LOOK = "Look at Provider events and Provider calls in the admin"


def providers() -> str:
    """Say what waits for longer than it should, and what was refused within a month."""
    now = timezone.now()
    state = ProviderEvent.State
    found = ProviderEvent.objects.aggregate(
        waiting=Count("pk", filter=Q(state=state.WAITING, received_at__lt=now - SOON)),
        refused=Count("pk", filter=Q(state=state.REFUSED, received_at__gt=now - LATELY)),
    )
    asked = ProviderCall.objects.filter(answered_at=None, created_at__lt=now - SOON).count()
    if any(found.values()) or asked:
        told = f"{found['waiting']} events wait for others before them, {found['refused']} were"
        raise Degraded(
            f"Of providers of money {told} refused lately, {asked} calls are not answered.",
            f"{LOOK}: an event that never came has to be sent again by its provider.",
        )
    return "all that providers of money told was taken, and what they were asked is answered"


def register_all() -> None:
    """Let the doctor look."""
    health.register("providers", providers)
