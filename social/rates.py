"""How often somebody without an account may do a thing."""

import time

from django.core.cache import cache

from config.lib.problems import Problem


def spend(deed: str, who: str, *, most: int, seconds: int, sentence: str) -> None:
    """Count one deed of `who`; at most `most` of them in each stretch of `seconds`.

    Raises the Problem `too-many` (429) with this sentence when the share is used up.
    """
    key = f"rate:{deed}:{who}:{int(time.time()) // seconds}"
    try:
        count = cache.incr(key)
    except ValueError:  # the first of its stretch
        cache.add(key, 0, 2 * seconds)
        count = cache.incr(key)
    if count > most:
        raise Problem("too-many", sentence, status=429)
