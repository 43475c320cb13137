"""What an artist was given, as rows of a table."""

from economics import money
from economics.models import Contribution, LedgerEntry
from economics.tables import words

COLUMNS = (
    *("at", "what", "your_part", "currency", "given", "mode"),
    *("piece", "release", "charity", "supporter"),
)


def row(entry: LedgerEntry, given: Contribution | None) -> tuple[str, ...]:
    """Return one amount; a supporter is named only where they gave with their name beside it."""
    written = entry.transaction
    head = (written.effective_at.isoformat(), written.kind, money.plain(-entry.amount))
    if given is None:
        return (*head, entry.currency, *("" for _name in COLUMNS[4:]))
    named = given.giver.name if given.giver and given.is_public else ""
    return (
        *(*head, entry.currency, money.plain(given.amount), given.mode),
        *(words(str(thing.title)) if thing else "" for thing in (given.track, given.release)),
        words(given.charity.name if given.charity else ""),
        words(named),
    )
