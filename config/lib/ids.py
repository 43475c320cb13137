"""Public identifiers."""

import secrets
import uuid

import uuid6


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562): sorts by time of creation, safe to show."""
    return uuid.UUID(bytes=uuid6.uuid7().bytes)


def token128() -> str:
    """Return 128 random bits as 22 URL-safe characters, for addresses that are keys."""
    return secrets.token_urlsafe(16)
