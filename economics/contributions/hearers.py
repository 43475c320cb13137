"""Who hears of a contribution: its giver and its artist."""

from django.urls import reverse

from config.lib.urls import address_of
from economics import events
from economics.models import Contribution
from media_pipeline.models import Event
from social.models import Notification
from social.notifications.registry import Notice, register, row_of

Mode = Contribution.Mode


def _found(event: Event) -> Contribution | None:
    found: Contribution | None = row_of(event, Contribution)
    return found


def _artist(event: Event) -> Notice | None:
    """Of what came in for them."""
    given = _found(event)
    if given is None or not given.artist_bp or given.mode == Mode.DIRECT:
        return None
    return Notice([given.artist_id])


def _artist_to_confirm(event: Event) -> Notice | None:
    given = _found(event)
    if given is None or not given.artist_bp or given.mode == Mode.POOLED:
        return None
    return Notice([given.artist_id], key="to-confirm")


def _giver(event: Event) -> Notice | None:
    """Of what others did with it."""
    given = _found(event)
    if given is None or event.actor == given.giver_id:
        return None
    return Notice([given.giver_id])


def _giver_each_month(event: Event) -> Notice | None:
    given = _found(event)
    if given is None or given.pledge is None or not given.client_key.startswith("pledge:"):
        return None
    return Notice([given.giver_id])


def _its_page(row: Notification) -> str:
    found = Contribution.objects.filter(pk=row.subject.partition(":")[2], giver=row.user).first()
    return address_of("contribution", found.key) if found else ""


def _received(_row: Notification) -> str:
    return reverse("received")


def register_all() -> None:
    """Say what people are told."""
    for name, sentence, kind in (
        ("contribution-confirmed", "tells you: what you gave has come in", events.CONFIRMED),
        ("contribution-refunded", "has given back what you gave", events.REFUNDED),
        ("contribution-cancelled", "waits no more for what you declared", events.CANCELLED),
    ):
        register(name, sentence, on=kind, whom=_giver, leads_to=_its_page)
    said = "has a contribution for you that came in"
    register("given", said, on=events.CONFIRMED, whom=_artist, leads_to=_received)
    said = "had to give back a contribution for you"
    register("given-back", said, on=events.REFUNDED, whom=_artist, leads_to=_received)
    said = "tells you: somebody says they paid you. Confirm it once it has come"
    many = "tells you: somebody and {} more say they paid you. Confirm each once it has come"
    register(
        "to-confirm",
        said,
        on=events.DECLARED,
        whom=_artist_to_confirm,
        leads_to=_received,
        several=many,
    )
    said = "tells you how to pay what you give each month"
    due = _giver_each_month
    register("contribution-due", said, on=events.DECLARED, whom=due, leads_to=_its_page)
