"""What a receipt file of a run may be, told by its bytes, and who may make a run."""

import re
from typing import NamedTuple

MOST_BYTES = 900_000  # below what a request of a form may hold
# By their first bytes; what a program would run or draw by itself is none of them.
STARTS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class Type(NamedTuple):
    """What some bytes are: as they are served, and as they are called."""

    mime: str
    ending: str


def type_of(data: bytes) -> Type | None:
    """Tell what a file is: a PDF, a picture or plain text; None for anything else, and nothing."""
    for start, found in STARTS.items():
        if data.startswith(start):
            return Type(*found)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Type("image/webp", "webp")
    try:
        words = data.decode()
    except UnicodeDecodeError:
        return None
    is_text = bool(words.strip()) and not CONTROLS.search(words)
    return Type("text/plain; charset=utf-8", "txt") if is_text else None
