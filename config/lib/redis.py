"""The process's own connections to Redis, for what Django's cache has no words for: scripts."""

from functools import cache

import redis
from django.conf import settings


@cache
def client() -> redis.Redis:
    """Return the client that all threads of this process share; safe after a fork."""
    return redis.Redis.from_url(settings.REDIS_URL)


def key(*parts: object) -> str:
    """Return a key of ours: `nexus:rate:note:7`."""
    return ":".join(["nexus", *map(str, parts)])
