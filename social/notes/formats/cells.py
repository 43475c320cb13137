"""Cells that a spreadsheet takes for words, whatever is in them.

A cell that begins with one of these signs is a formula to Excel, LibreOffice and Google Sheets
(OWASP, CSV injection). An apostrophe before it makes it words, and is taken off again on the way
back; an apostrophe that was there is kept apart by one more.
"""

import re

SIGNS = "=+\\-@\t\r\n＝＋－＠"
_DANGEROUS = re.compile(f"'*[{SIGNS}]")
_GUARDED = re.compile(f"'+[{SIGNS}]")


def guard(cell: str) -> str:
    """Return the cell as words."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguard(cell: str) -> str:
    """Return what was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell
