"""How rows are written into an archive of one's data, and how such rows are described.

Plain JSON that anybody can read without this program: ids and keys as texts, moments in UTC as
ISO 8601, milliseconds and bytes as integers. What a row holds is said in JSON Schema (draft
2020-12), which goes along in the archive and decides what is taken from one.
"""

import math
from datetime import UTC, datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

DRAFT = "https://json-schema.org/draft/2020-12/schema"
INT_MAX, BIGINT_MAX = 2**31 - 1, 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2200

Schema = dict[str, Any]

ID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time", "description": "ISO 8601, UTC"}
YES_OR_NO: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": INT_MAX}
MS: Schema = COUNT | {"description": "Milliseconds"}
BYTES: Schema = {"type": "integer", "minimum": 0, "maximum": BIGINT_MAX, "description": "Bytes"}
SHA256: Schema = {"type": "string", "pattern": "^([0-9a-f]{64})?$", "description": "Hex"}
PATH: Schema = {"type": "string", "description": "In this archive; empty where there is none."}

FORMATS = FormatChecker(formats=["uuid", "date"])


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(read_moment(value))


FORMATS.checks("date-time", raises=ValueError)(_is_moment)


def text(most: int) -> Schema:
    """Describe a text of up to so many characters."""
    return {"type": "string", "maxLength": most}


def one_of(*words: str) -> Schema:
    """Describe a text that is one of these."""
    return {"type": "string", "enum": list(words)}


def maybe(schema: Schema) -> Schema:
    """Describe what may be missing: then it is null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """Describe a list of such things."""
    return {"type": "array", "items": schema}


def thing(**fields: Schema) -> Schema:
    """Describe an object that has exactly these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def row(title: str, /, **fields: Schema) -> Schema:
    """Describe one row of a section, for its file in the archive."""
    return {"$schema": DRAFT, "title": title} | thing(**fields)


def grown(schema: Schema, /, **fields: Schema) -> Schema:
    """Describe a row that has got more fields since: those of older archives lack them."""
    return schema | {"properties": schema["properties"] | fields}


def moment(when: datetime | None) -> str | None:
    """Return a moment as it is written: `2026-11-29T22:15:00.123456Z`."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None


def figure(value: float | None) -> float | None:
    """Return a measured figure as JSON can write it: none for what is not finite."""
    return value if value is not None and math.isfinite(value) else None


def read_moment(words: str) -> datetime:
    """Return the moment that was written so. Raises ValueError for any other text.

    So it does for what no calendar of a page can show in every zone.
    """
    if not words.endswith("Z"):
        raise ValueError(f"{words!r} is not in UTC.")
    found = datetime.fromisoformat(words[:-1]).replace(tzinfo=UTC)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{words!r} is no time of ours.")
    return found


def validator(schema: Schema) -> Any:
    """Return what tells whether a row is as described, formats of ids and times included."""
    return Draft202012Validator(schema, format_checker=FORMATS)
