"""What was sent to an artist, in the archive of their data; and what follows when they leave."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, maybe, moment, one_of, row, text
from config.lib.kept import Section, on_farewell, register_section
from economics.models import ArtistPayout
from economics.models.ledger import CURRENCY_CHARS, REFERENCE_CHARS
from economics.models.outgoing import DESTINATION_CHARS, NOTE_CHARS
from economics.payouts import selectors, services
from social.models import User

WORDS = ("amount", "currency", "status", "reference", "note", "destination")
SCHEMA = row(
    "Something that you asked for of what was owed to you",
    id=ID,
    amount={"type": "integer", "minimum": 1, "description": "Minor units"},
    currency=text(CURRENCY_CHARS),
    status=one_of(*ArtistPayout.Status.values),
    reference=text(REFERENCE_CHARS),
    note=text(NOTE_CHARS),
    destination=text(DESTINATION_CHARS),
    sent_on=maybe({"type": "string", "format": "date"}),
    created_at=TIME,
    ended_at=maybe(TIME),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for one in selectors.payouts_of(person).iterator():
        words = {name: getattr(one, name) for name in WORDS}
        times = {name: moment(getattr(one, name)) for name in ("created_at", "ended_at")}
        day = one.sent_on.isoformat() if one.sent_on else None
        yield {"id": str(one.pk), **words, **times, "sent_on": day}


def register_all() -> None:
    """Say what goes along of it, and that what is owed is set apart."""
    sentence = "What you asked for of what was owed to you, and what was sent."
    register_section(Section("payouts", sentence, SCHEMA, _rows))
    on_farewell(services.leave)
