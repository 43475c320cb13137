"""The address of one part is a capability: whoever holds it may send those bytes, nothing else.

    [prefix]/u/<upload>/<number>?size=…&expires=…&signature=…

No slash ends the path: behind one, `curl -T` would put the name of its file. The signature is an
HMAC-SHA256 over upload, number, size and expiry. It is checked twice: when
the headers are in (`config.serving.server`), and by the view.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from config.lib.problems import Problem
from media_pipeline.storage.port import Address

PATH = re.compile(r"/u/([0-9a-f-]{36})/([1-9][0-9]{0,4})", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)


@dataclass(frozen=True)
class Capability:
    """What an address allows: `size` bytes as part `number` of `upload`."""

    upload: UUID
    number: int
    size: int


def sign(upload: str, number: int, size: int, life: timedelta) -> Address:
    """Return the address of a part, good for `life`."""
    expires = int(time.time() + life.total_seconds())
    query = {
        "size": size,
        "expires": expires,
        "signature": _signature(upload, number, size, expires),
    }
    url = f"{settings.NEXUS_PREFIX}/u/{upload}/{number}?{urlencode(query)}"
    headers = {"Content-Type": "application/octet-stream"}
    return Address(number, url, datetime.fromtimestamp(expires, UTC), headers=headers)


def verify(path: str, query: str) -> Capability:
    """Return what an address allows. Raises Problem `part-url-invalid` or `part-url-expired`."""
    found = PATH.fullmatch(path.removeprefix(settings.NEXUS_PREFIX))
    given = {name: values[-1] for name, values in parse_qs(query[:500]).items()}
    size, expires = given.get("size", ""), given.get("expires", "")
    if not found or not _NUMBER.fullmatch(size) or not _NUMBER.fullmatch(expires):
        raise _invalid()
    upload, number = found.group(1), int(found.group(2))
    expected = _signature(upload, number, int(size), int(expires))
    if not constant_time_compare(given.get("signature", ""), expected):
        raise _invalid()
    if int(expires) < time.time():
        raise Problem("part-url-expired", "This address has expired. Sign it again.", status=403)
    return Capability(UUID(upload), number, int(size))


def check_size(allowed: Capability, length: int | None) -> None:
    """Compare the length that the headers promise with the one that was signed.

    Raises Problem `length-required` (a chunked body, or none) or `part-size-wrong`.
    """
    if length is None:
        raise Problem(
            "length-required",
            "Send the length of the part: chunked bodies are not taken.",
            status=411,
        )
    if length != allowed.size:
        raise Problem(
            "part-size-wrong",
            f"Part {allowed.number} has {allowed.size} bytes, not {length}.",
            status=413 if length > allowed.size else 400,
            size=allowed.size,
        )


def _signature(upload: str, number: int, size: int, expires: int) -> str:
    value = f"{upload}:{number}:{size}:{expires}"
    return salted_hmac("media_pipeline.part", value, algorithm="sha256").hexdigest()


def _invalid() -> Problem:
    return Problem("part-url-invalid", "This address was not made by Nexus.", status=403)
