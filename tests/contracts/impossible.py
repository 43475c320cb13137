"""Signs and numbers that no address, query or body of ours can hold, and where they are put."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
# As they stand in an address.
IN_ADDRESSES = [
    *(
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF",
        "%D9%A1",
        "%0d%0aSet-Cookie:%20a=b",
        "%7f",
        "..",
        "%2e%2e",
    ),
    *("%2f%2fevil.example", "%5c", "%E2%80%AE", "-1", "9" * 20, "9" * 5000, "NaN", "%25", "'"),
    "a" * 10_240,
]
# As JSON writes them: what a person's fields can hold, and not.
IN_BODIES: list[Any] = [
    *("a\0b", "a\ud800b", "\u0661", "\u202e\x1b", "9" * 400, "../..", "NaN"),
    *(10**20, -1, 10**400, 1e308, float("nan"), True, None, [[]], {"\0": ["\0"]}, [None]),
]
# Sent once: what a parser might choke on.
BODIES = [b"\xff\xfe", b"{", b"[" * 100_000, b"%ED%A0%80=%00"]
FORM = "application/x-www-form-urlencoded"
KINDS = ["application/json", FORM, "multipart/form-data; boundary=a"]
SOURCES = ("config", "media_pipeline", "tracks", "social", "economics", "moderation", "assistant")
_QUERY = re.compile(r"""(?:GET|query_params|POST|data)(?:\.get(?:list)?\(|\[)\s*["'](\w+)["']""")
_FIELD = re.compile(r"""\bname="(\w+)\"""")
_FORM_FIELD = re.compile(r"^    (\w+) = (?:forms|serializers|\w+Field)\b", re.MULTILINE)


@cache
def names_read() -> set[str]:
    """Return every name that some view, form, serializer or template reads from a request."""
    found: set[str] = set()
    for app in SOURCES:
        for source in (ROOT / app).rglob("*.py"):
            text = source.read_text()
            found |= {*_QUERY.findall(text), *_FORM_FIELD.findall(text)}
    for template in (ROOT / "templates").rglob("*.html"):
        found |= set(_FIELD.findall(template.read_text()))
    return found - {"csrfmiddlewaretoken"}


def bent(path: str) -> Iterator[str]:
    """Yield an address with each of its parameters in turn replaced by each impossible value."""
    match = resolve(path)
    values = [*match.args, *match.kwargs.values()]
    for value in values:
        text = quote(str(value), safe="/")
        before, found, after = path.rpartition(text)
        if found:
            yield from (f"{before}{impossible}{after}" for impossible in IN_ADDRESSES)


def as_json(value: Any) -> bytes:
    """Return JSON as a careless program writes it: lone surrogates as escapes, NaN as NaN."""
    return json.dumps(value).encode()
