"""Pages of a list that stay right and quick however long it grows: by key, never by number."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import BigIntegerField, Func, QuerySet
from django.http import Http404

PAGE_SIZE = 24
NUMBER_DIGITS = 9  # fits a database integer
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the cursor behind the last of them; empty when nothing follows."""

    rows: list[Row]
    next_cursor: str

    @property
    def next_url(self) -> str:
        """Return the address of the next page, relative to this one; empty on the last."""
        return f"?before={self.next_cursor}" if self.next_cursor else ""


def page(
    rows: QuerySet[Any, Row], cursor_of: Callable[[Row], str], size: int = PAGE_SIZE
) -> Page[Row]:
    """Return the first `size` rows; one more is read to know whether there is a next page."""
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], cursor_of(found[size - 1]) if more else "")


class Micros(Func):
    """A moment as microseconds since 1970: a list reads it ten times faster than a datetime."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


def moment_cursor(micros: int, key: uuid.UUID) -> str:
    """Write a place in a list ordered by (moment, key): microseconds since 1970 and the id."""
    return f"{micros}-{key.hex}"


def read_moment_cursor(text: str) -> tuple[datetime, uuid.UUID]:
    """Read what `moment_cursor` wrote; Http404 for anything else."""
    micros, _, key = text.partition("-")
    try:
        return EPOCH + timedelta(microseconds=int(micros)), uuid.UUID(hex=key)
    except (ValueError, OverflowError):
        raise Http404 from None


def read_id_cursor(text: str) -> uuid.UUID:
    """Read a cursor that is an id alone; Http404 for anything else."""
    try:
        return uuid.UUID(hex=text)
    except ValueError:
        raise Http404 from None


def read_number_cursor(text: str) -> int:
    """Read a cursor that is a small whole number; Http404 for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS):
        raise Http404
    return int(text)


def before_of(request: Any) -> str:
    """Return the cursor the visitor asked for; empty on the first page."""
    text: str = request.GET.get("before", "")
    return text
