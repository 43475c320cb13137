"""What a request has written, from the statements it made."""

from collections.abc import Iterable
from typing import Any

OURS = ("social_", "tracks_", "media_pipeline_")
TABLE_AT = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}
# Who signs in, and when a program last spoke, is noted whatever the answer will be.
NOTED = ("last_login", "last_used_at")


def writes_of(asked: Iterable[dict[str, Any]]) -> list[str]:
    """Return the statements that write to a table of ours, rolled back or not."""
    return [each["sql"] for each in asked if _writes(each["sql"])]


def _writes(sql: str) -> bool:
    words = sql.split(maxsplit=3)
    place = TABLE_AT.get(words[0]) if words else None
    if place is None or any(noted in sql for noted in NOTED):
        return False
    return words[place].strip('"').startswith(OURS)
