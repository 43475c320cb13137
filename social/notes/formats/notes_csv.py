"""Notes as CSV (RFC 4180): the format that comes back whole.

With a byte order mark, without which Excel takes UTF-8 for its own old code page.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from social.notes.formats.cells import guard, unguard
from social.notes.formats.rows import OPEN, STATES, VISIBILITIES, Row

COLUMNS = (
    *("id", "reply_to", "version", "at_ms", "until_ms", "time"),
    *("state", "writer", "visibility", "written_at", "text"),
)
NEEDED = ("at_ms", "text")
ROWS_MOST = 10_000
TEXT_MOST, WRITER_MOST = 10_000, 80  # characters
LATEST_MS = 2**31 - 1


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one row, counted as a spreadsheet does: the names are row 1."""

    row: int
    sentence: str


class Unreadable(ValueError):
    """A cell that says nothing its column may say."""


def write(rows: Iterable[Row]) -> bytes:
    """Return the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes) -> tuple[list[tuple[int, Row]], list[Wrong]]:
    """Return the rows with their numbers, and everything that is wrong; takes `;` and `,`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Wrong(1, "The file is not UTF-8. Save it as “CSV UTF-8”.")]
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        return [], [Wrong(1, f"This is not CSV: {error}.")]
    if missing := [name for name in NEEDED if name not in names]:
        return [], [Wrong(1, f"The column “{missing[0]}” is missing.")]
    return _read_rows(reader, names)


def _read_rows(
    reader: Iterator[list[str]], names: list[str]
) -> tuple[list[tuple[int, Row]], list[Wrong]]:
    found: list[tuple[int, Row]] = []
    wrong: list[Wrong] = []
    number = 1
    try:
        for cells in reader:
            number += 1
            if number > ROWS_MOST + 1:
                return [], [Wrong(number, f"A file has at most {ROWS_MOST:,} notes.")]
            if not any(cell.strip() for cell in cells):
                continue
            try:
                found.append((number, _row(dict(zip(names, cells, strict=False)))))
            except Unreadable as error:
                wrong.append(Wrong(number, str(error)))
    except csv.Error as error:
        wrong.append(Wrong(number + 1, f"This is not CSV: {error}."))
    return found, wrong


def _cells(row: Row) -> list[str]:
    return [
        str(row.id or ""),
        str(row.reply_to or ""),
        str(row.version or ""),
        str(row.at_ms),
        "" if row.until_ms is None else str(row.until_ms),
        _clock(row.at_ms),
        row.state,
        row.writer,
        row.visibility,
        row.written_at.astimezone(UTC).isoformat() if row.written_at else "",
        row.text,
    ]


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes}:{rest / 1000:06.3f}"


def _row(cells: dict[str, str]) -> Row:
    def cell(name: str, meaning: Callable[[str, str], Any], otherwise: Any = None) -> Any:
        text = unguard(cells.get(name, ""))
        if "\0" in text:
            raise Unreadable(f"“{name}” holds a sign that is no text.")
        if name != "text":
            text = text.strip()
        return meaning(name, text) if text else otherwise

    at_ms = cell("at_ms", _milliseconds)
    if at_ms is None:
        raise Unreadable("“at_ms” is empty: say at which millisecond the note stands.")
    row = Row(
        at_ms=at_ms,
        until_ms=cell("until_ms", _milliseconds),
        version=cell("version", _whole),
        id=cell("id", _uuid),
        reply_to=cell("reply_to", _uuid),
        state=cell("state", _one_of(STATES), OPEN),
        writer=cell("writer", _short(WRITER_MOST), ""),
        visibility=cell("visibility", _one_of(VISIBILITIES), VISIBILITIES[0]),
        written_at=cell("written_at", _moment),
        text=cell("text", _short(TEXT_MOST), ""),
    )
    if row.until_ms is not None and row.until_ms <= row.at_ms:
        raise Unreadable("“until_ms” is not after “at_ms”.")
    if not row.text.strip() and row.state != "removed":
        raise Unreadable("“text” is empty.")
    return row


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LATEST_MS))):
        raise Unreadable(f"“{name}” is not a whole number: {text[:40]}")
    return int(text)


def _milliseconds(name: str, text: str) -> int:
    value = _whole(name, text)
    if value > LATEST_MS:
        raise Unreadable(f"“{name}” is later than any piece is long.")
    return value


def _uuid(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable(f"“{name}” is not an id of a note: {text[:40]}") from None


def _moment(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(f"“{name}” is not a date and time: {text[:40]}") from None


def _short(most: int) -> Callable[[str, str], str]:
    def meaning(name: str, text: str) -> str:
        if len(text) > most:
            raise Unreadable(f"“{name}” is longer than {most:,} characters.")
        return text.replace("\r\n", "\n")

    return meaning


def _one_of(words: tuple[str, ...]) -> Callable[[str, str], str]:
    def meaning(name: str, text: str) -> str:
        if text.lower() not in words:
            raise Unreadable(f"“{name}” is one of {', '.join(words)}, not “{text[:40]}”.")
        return text.lower()

    return meaning
