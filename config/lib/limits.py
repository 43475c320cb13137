"""How often somebody may do a thing: the one limiter, and the one table of what is limited.

Counted in fixed stretches of the clock with one step of one counter in Redis. Counters begin with
their time to live, so none stays behind.
"""

import time
from typing import NamedTuple

from django.core.cache import cache

from config.lib.problems import Problem

MINUTE, QUARTER, HOUR = 60, 15 * 60, 3600


class Limit(NamedTuple):
    """At most `most` in each stretch of `seconds`, for each of whom or what it is counted by."""

    most: int
    seconds: int
    sentence: str


LIMITS = {
    "note": Limit(
        20, MINUTE, "That is a lot of notes at once. Wait a minute; your words are still here."
    ),
    "sign-off": Limit(20, MINUTE, "That is a lot at once. Wait a minute."),
    "review-name": Limit(10, HOUR, "Too many names from your address. Wait an hour."),
    "review-password": Limit(
        8, QUARTER, "Too many tries. Wait a quarter of an hour, or ask for a new link."
    ),
    "review-play": Limit(30, MINUTE, "This is counted already."),
    "blind-test": Limit(240, MINUTE, "That is faster than anybody can listen. Wait a minute."),
    # Whatever somebody without an account writes, and has no limit of its own above.
    "anonymous-by-address": Limit(30, HOUR, "That is a lot from one address. Wait an hour."),
    "anonymous-on-track": Limit(
        30, HOUR, "That is a lot of visitors on one piece. Sign in, or wait an hour."
    ),
}


def spend(what: str, who: object, weight: int = 1) -> None:
    """Count one more of what is in the table, by `who`.

    Raises the Problem `too-many` (429, with the seconds to wait) when the share is used up.
    """
    limit = LIMITS[what]
    if count(f"rate:{what}:{who}", limit.seconds, weight) > limit.most:
        raise Problem("too-many", limit.sentence, status=429, retry_after=wait(limit.seconds))


def count(key: str, seconds: int, weight: int = 1) -> int:
    """Count in the stretch of now; return how many there are in it."""
    key = f"{key}:{int(time.time()) // seconds}"
    try:
        return int(cache.incr(key, weight))
    except ValueError:  # the first of its stretch
        cache.add(key, 0, 2 * seconds)
        return int(cache.incr(key, weight))


def wait(seconds: int) -> int:
    """Return the seconds until the next stretch, at least one."""
    return int(seconds - time.time() % seconds) + 1
