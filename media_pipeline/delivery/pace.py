"""How much music one listener may take at once.

A listening session is a signed directory and the address that reads from it. Its segments are
counted in short stretches: listening takes two in each, a seek some more, so nobody who listens
ever meets the limit; who copies whole catalogues does, and is told when to go on. A player holds
45 s of sound and waits out a stretch without a break.

An MP3 is read by ranges without an end, which a player leaves after some bytes: so it is counted by
what was really sent, as far as that is known here, and a hand that seeks wildly takes little.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest

from config.lib import limits
from config.lib.client import client_key
from config.lib.problems import Problem
from media_pipeline.delivery.ranges import asked

STRETCH_SECONDS = 10
SENTENCE = "This is more music at once than anybody can hear. Go on in some seconds."
UNIT_BYTES = 256 * 1024
SEEK_UNITS = 1  # of a range without an end, whatever is sent of it after
WHOLE_UNITS = 48  # five minutes of 320 kbit/s
# So many units in the place of one segment: six whole pieces for a session, sixty for a listener.
UNITS_OF_SESSION, UNITS_OF_LISTENER = 15, 5
SLOWLY = str(4 * 1024 * 1024)  # bytes per second for nginx, which does not say what it sends


def spend(request: HttpRequest, signature: str, path: str) -> None:
    """Count one file of music. Raises Problem `too-fast` (429) with the seconds to wait."""
    if path.endswith(".mp3"):
        _take(request, signature, _units(request.headers.get("Range", "")), of_mp3=True)
    elif path.endswith(".m4s"):
        _take(request, signature, 1)


def counted(request: HttpRequest, signature: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Hand on the chunks of an MP3 that was asked for without an end, and count what has left."""
    sent = 0
    try:
        for chunk in chunks:
            sent += len(chunk)
            yield chunk
    finally:
        if units := sent // UNIT_BYTES:
            _take(request, signature, units, of_mp3=True, after=True)


def is_endless(request: HttpRequest, key: str) -> bool:
    """Tell whether an MP3 was asked for from somewhere on: how much is taken shows only after."""
    span = asked(request.headers.get("Range", ""))
    return key.endswith(".mp3") and span is not None and span[1] is None


def _units(header: str) -> int:
    span = asked(header)
    if span is None:
        return WHOLE_UNITS
    first, last = span
    if last is None:
        return SEEK_UNITS
    return max(1, min(WHOLE_UNITS, (last - first) // UNIT_BYTES))


def _take(
    request: HttpRequest, signature: str, weight: int, *, of_mp3: bool = False, after: bool = False
) -> None:
    who = client_key(request)
    for what, whose, most, units in (
        ("session", f"{who} {signature}", settings.NEXUS_SESSION_SEGMENTS, UNITS_OF_SESSION),
        ("listener", who, settings.NEXUS_CLIENT_SEGMENTS, UNITS_OF_LISTENER),
    ):
        name, most = (f"{what}-mp3", most * units) if of_mp3 else (what, most)
        share = limits.take(
            name, whose, most=most, seconds=STRETCH_SECONDS, weight=weight, after=after
        )
        if not share.passes:
            raise Problem("too-fast", SENTENCE, status=429, retry_after=share.retry_after)
