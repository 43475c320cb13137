"""What everybody may know of it: when somebody had to decide about what is their own."""

from dataclasses import dataclass
from datetime import date

from media_pipeline.models import SealedEntry
from moderation.alone.rules import MARK

MOST = 100
WORDS = {
    "own-content": "about something of their own",
    "own-report": "about what they had reported",
    "own-decision": "about what they had decided before",
    "own-money": "about money for themselves, or that they had prepared",
}


@dataclass(frozen=True)
class Mark:
    """A day and the rule that had to give way; nobody and nothing is named."""

    day: date
    rule: str

    @property
    def words(self) -> str:
        """Return the rule as people read it."""
        return WORDS.get(self.rule, self.rule)


def marks() -> tuple[int, list[Mark]]:
    """Return how many there ever were, and the newest of them; two queries."""
    rows = SealedEntry.objects.filter(kind=MARK)
    newest = rows.order_by("-id").values_list("created_at", "data")[:MOST]
    return rows.count(), [Mark(moment.date(), str(data["rule"])) for moment, data in newest]
