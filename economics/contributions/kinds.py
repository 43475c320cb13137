"""Letters that follow what has happened to a contribution: each in the step that reads the event.

So whenever a machine dies between a contribution and its letter, it is written later, and once.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from config.lib import origins
from economics import events
from economics.contributions import presenters, selectors
from economics.models import Contribution
from media_pipeline.events.rounds import register_reader
from media_pipeline.models import Event
from social.models import User

Status, Mode = Contribution.Status, Contribution.Mode
READ = (events.DECLARED, events.CONFIRMED, events.REFUNDED, events.CANCELLED)


def follow(event: Event) -> None:
    """Write to giver and artist about one event, as things stand when it is read."""
    rows = Contribution.objects.select_related(*selectors.JOINS)
    given = rows.filter(pk=event.subject.partition(":")[2]).first()
    if given is None:
        return
    if event.kind == events.DECLARED and given.status == Status.DECLARED:
        _write("pay", given, given.giver)
        # Whoever has no account could have letters sent for nothing: a notice is enough.
        if given.mode == Mode.DIRECT and given.artist_bp and given.giver_id:
            _write("to_confirm", given, given.artist)
    elif event.kind == events.CONFIRMED and given.status == Status.CONFIRMED:
        _write("confirmed", given, given.giver)
        if given.mode == Mode.POOLED and given.artist_bp:
            _write("received", given, given.artist)
    elif event.kind in (events.REFUNDED, events.CANCELLED) and event.actor != given.giver_id:
        _write("ended", given, given.giver)


def _write(about: str, given: Contribution, person: User | None) -> None:
    """Send a letter to whoever has an address and may read it."""
    if person is None or not person.email or person.is_banned or not person.is_active:
        return
    words = {
        "given": given,
        "line": presenters.line(given, with_ways=given.mode == Mode.DIRECT),
        "to_do": presenters.to_do(given),
        "page_url": presenters.address(given),
        "received_url": origins.absolute(reverse("received")),
        "giving_url": origins.absolute(reverse("giving")),
        "site_name": settings.SITE_NAME,
    }
    get_adapter().send_mail(f"economics/email/{about}", person.email, words)


def register_all() -> None:
    """Let the machine know."""
    sentence = "Writes letters about contributions"
    register_reader("letters-of-giving", follow, sentence, kinds=READ)
