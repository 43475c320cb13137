"""Tables of money for spreadsheets: CSV (RFC 4180), with a byte order mark for Excel."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from social.notes.formats.cells import guard

TYPE = "text/csv; charset=utf-8"


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return a file of these rows. Words of people are `guard`ed by whoever makes the rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def words(cell: str) -> str:
    """Return what people wrote as no spreadsheet takes it for a formula."""
    return guard(cell)
