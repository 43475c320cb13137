"""The process's own connections to Redis, for what Django's cache has no words for: scripts."""

from functools import cache

import redis
from django.conf import settings

LONGEST_WAIT = 60.0  # seconds
ANSWER_SECONDS = 10.0


@cache
def client() -> redis.Redis:
    """Return the client that all threads of this process share; safe after a fork."""
    return redis.Redis.from_url(settings.REDIS_URL)


@cache
def waiting_client() -> redis.Redis:
    """Return the client of those who block until something comes, LONGEST_WAIT seconds at most.

    The other one gives an answer up after some seconds, which a wait is not.
    """
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=LONGEST_WAIT + ANSWER_SECONDS)


def key(*parts: object) -> str:
    """Return a key of ours: `nexus:rate:note:7`."""
    return ":".join(["nexus", *map(str, parts)])
