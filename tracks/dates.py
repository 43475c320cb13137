"""Dates of which only the year, or year and month, may be known: `1977`, `1977-03`, `1977-03-01`.

They are kept as they are written (ISO 8601, reduced precision), so nobody invents the rest, and
sort as texts.
"""

import re
from datetime import date

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
PATTERN = r"^(\d{4}(-\d\d(-\d\d)?)?)?$"  # of PostgreSQL and JSON Schema
EARLIEST, LATEST = 1860, 2100
LONGEST = 10  # characters
REFUSAL = "Write a date like 1977, 1977-03 or 1977-03-01."


def read(text: str) -> str:
    """Return a date as it is kept, empty for no text. Raises ValueError with a sentence."""
    line = text.strip()
    if not line:
        return ""
    found = DATE.fullmatch(line)
    if not found:
        raise ValueError(REFUSAL)
    if not EARLIEST <= int(found[1]) <= LATEST:
        raise ValueError(f"Write a year between {EARLIEST} and {LATEST}.")
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise ValueError("There is no such day. " + REFUSAL) from None
    return line


def shown(text: str) -> str:
    """Return a kept date for people: `1977`, `March 1977`, `1 March 1977`."""
    found = DATE.fullmatch(text)
    if not found:
        return text
    day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    if found[3]:
        return f"{day.day} {day:%B %Y}"
    return f"{day:%B %Y}" if found[2] else found[1]
