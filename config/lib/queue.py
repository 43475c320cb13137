"""Waking a worker. The rows are the queue: who wakes sooner only spares a few seconds."""

import logging
from collections.abc import Sequence

import redis as redis_client
from django.db import transaction

from config.lib import redis

logger = logging.getLogger(__name__)

MOST_TOKENS = 16  # whoever wakes works until nothing is left, so a few are enough for all


def wake(queue: str) -> None:
    """Wake one worker of `queue` once the current transaction has committed.

    A Redis that is away is logged and never fails the request: workers look by themselves, too.
    """
    transaction.on_commit(lambda: _push(queue))


def wait(queues: Sequence[str], seconds: float) -> bool:
    """Block until one of these queues is woken, `seconds` at most; returns whether it was.

    Raises redis.RedisError when there is no Redis to wait at.
    """
    keys = [_key(queue) for queue in queues]
    longest = min(seconds, redis.LONGEST_WAIT)
    return redis.waiting_client().blpop(keys, timeout=longest) is not None


def _push(queue: str) -> None:
    try:
        pipeline = redis.client().pipeline(transaction=False)
        pipeline.lpush(_key(queue), 1)
        pipeline.ltrim(_key(queue), 0, MOST_TOKENS - 1)
        pipeline.execute()
    except redis_client.RedisError:
        logger.exception("Nobody could be woken for %s; its workers look by themselves.", queue)


def _key(queue: str) -> str:
    return redis.key("wake", queue)
