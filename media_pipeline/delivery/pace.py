"""How much music one listener may take at once.

A listening session is a signed directory and the address that reads from it. Its segments are
counted in short stretches: listening takes two in each, a seek some more, so nobody who listens
ever meets the limit; who copies whole catalogues does, and is told when to go on. A player holds
45 s of sound and waits out a stretch without a break.
"""

from django.conf import settings
from django.http import HttpRequest

from config.lib import limits
from config.lib.client import client_key
from config.lib.problems import Problem

STRETCH_SECONDS = 10
SENTENCE = "This is more music at once than anybody can hear. Go on in some seconds."
WHOLE_FILE = 10  # an MP3 counts as so many segments, each time it is asked for


def spend(request: HttpRequest, signature: str, path: str) -> None:
    """Count one file of music. Raises Problem `too-fast` (429) with the seconds to wait."""
    weight = WHOLE_FILE if path.endswith(".mp3") else 1 if path.endswith(".m4s") else 0
    if not weight:
        return
    who = client_key(request)
    for what, whose, most in (
        ("session", f"{who} {signature}", settings.NEXUS_SESSION_SEGMENTS),
        ("listener", who, settings.NEXUS_CLIENT_SEGMENTS),
    ):
        share = limits.take(what, whose, most=most, seconds=STRETCH_SECONDS, weight=weight)
        if not share.passes:
            raise Problem("too-fast", SENTENCE, status=429, retry_after=share.retry_after)
