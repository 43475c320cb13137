"""One note as a row of a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from config.lib.lines import one_line

OPEN, RESOLVED, REMOVED = STATES = ("open", "resolved", "removed")
EVERYBODY, REVIEWERS = VISIBILITIES = ("everybody", "reviewers")


@dataclass(frozen=True)
class Row:
    """A note or a reply; moments in milliseconds from the start of that version."""

    at_ms: int
    text: str = ""
    until_ms: int | None = None
    version: int | None = None
    id: UUID | None = None
    reply_to: UUID | None = None
    state: str = OPEN
    writer: str = ""
    visibility: str = EVERYBODY
    written_at: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """A moment or a passage with its words on one line, for a time line."""

    at_ms: int
    until_ms: int | None
    words: str


def marks(rows: Iterable[Row]) -> list[Mark]:
    """Return one mark for each thread, in the order of time: its words, then its replies'."""
    rows = list(rows)
    replies: dict[UUID | None, list[Row]] = {}
    for row in rows:
        if row.reply_to:
            replies.setdefault(row.reply_to, []).append(row)
    threads = sorted((row for row in rows if not row.reply_to), key=lambda row: row.at_ms)
    return [_mark(row, replies.get(row.id, [])) for row in threads]


def _mark(row: Row, replies: list[Row]) -> Mark:
    said = [f"{each.writer}: {each.text}" for each in [row, *replies] if each.text]
    done = "[done] " if row.state == RESOLVED else ""
    return Mark(row.at_ms, row.until_ms, one_line(done + " / ".join(said)))
