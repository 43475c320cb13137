"""What the page of notifications shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from social.models import Notification
from social.notifications.registry import sentence


@dataclass(frozen=True)
class Line:
    """A notification, and how it goes on after the name."""

    row: Notification
    sentence: str


def lines(rows: Iterable[Notification]) -> list[Line]:
    """Return these as they are shown."""
    return [Line(row, sentence(row.kind, row.count)) for row in rows]
