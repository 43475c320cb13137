"""Public identifiers."""

import secrets
import uuid
from datetime import datetime

import uuid6


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562): sorts by time of creation, safe to show."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)


def uuid7_of(when: datetime) -> uuid.UUID:
    """Return a UUIDv7 as if it were of this moment, to the quarter of a microsecond.

    For what has happened before it came here: so it sorts among the rest (RFC 9562, 6.2, method 3).
    """
    micros = int(when.timestamp()) * 1_000_000 + when.microsecond
    fraction = micros % 1000 * 4096 // 1000
    head = (micros // 1000) << 80 | 7 << 76 | fraction << 64
    return uuid.UUID(int=head | 2 << 62 | secrets.randbits(62))


def token128() -> str:
    """Return 128 random bits as 22 URL-safe characters, for addresses that are keys."""
    return secrets.token_urlsafe(16)
