"""Django's Redis cache with one pool of connections per process.

Django keeps a cache object, and with it a pool, per thread or asynchronous task; under ASGI that is
one new connection for every request (counted: 20 requests, 20 connections).
"""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

_pools: dict[tuple[str, ...], dict[int, Any]] = {}


class SharedClient(RedisCacheClient):
    """Takes its connections from the process's pool, which is safe for threads and after forks."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._pools: dict[int, Any] = _pools.setdefault(tuple(servers), {})


class SharedRedisCache(RedisCache):
    """The backend to name in CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedClient
