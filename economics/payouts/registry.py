"""Why nothing is sent to somebody for now: rooms above say so, by a decision of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Stop:
    """From when on nothing is sent, and the sentence that whom it is for reads."""

    since: datetime
    sentence: str


_asked: list[Callable[[UUID], Stop | None]] = []


def stopped_by(ask: Callable[[UUID], Stop | None]) -> None:
    """Let `ask(person)` answer whether a decision stops what is sent to this person."""
    _asked.append(ask)


def stop_of(person: UUID) -> Stop | None:
    """Return the earliest stop there is; None where what is owed may be sent."""
    found = [stop for ask in _asked if (stop := ask(person))]
    return min(found, key=lambda stop: stop.since, default=None)
