"""Personal data under another name: the same each time, and nobody reads back what it was.

An address of the internet is a person's (GDPR, recital 30). A plain hash of one is undone by
trying all four thousand million; with a key it is a pseudonym (GDPR, article 4 (5)).
"""

import hashlib
import hmac
from functools import cache
from ipaddress import IPv6Address

from django.conf import settings
from django.utils.encoding import force_bytes

LENGTH = 24  # hex digits: 96 bits


def hidden(what: object, purpose: str) -> str:
    """Return the pseudonym of `what`, another one for each purpose: 24 hex digits."""
    digest = hmac.new(_key(purpose, settings.SECRET_KEY), str(what).encode(), hashlib.sha256)
    return digest.hexdigest()[:LENGTH]


def hidden_address(address: str) -> str:
    """Return the pseudonym of an address in the form of one: a local IPv6 address (RFC 4193).

    For what keeps addresses in columns made for them, and only compares them.
    """
    digest = hmac.new(_key("address", settings.SECRET_KEY), address.encode(), hashlib.sha256)
    return str(IPv6Address(b"\xfd" + digest.digest()[:15]))


@cache
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(b"nexus.hidden." + force_bytes(purpose + "\0" + secret)).digest()
