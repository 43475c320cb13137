"""The broker that wakes workers. It carries ids only: the job's row decides everything."""

from typing import Any

import dramatiq
import redis
from django.conf import settings
from django.db import connections
from dramatiq.brokers.redis import RedisBroker


class Hygiene(dramatiq.Middleware):
    """Gives the worker thread's database connections back to the pool between messages."""

    def after_process_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Close what the message has opened."""
        connections.close_all()


def install() -> None:
    """Make our Redis dramatiq's broker, in every process that may send or work.

    Without dramatiq's own retries, time limits and age limits: the row knows of these.
    """
    client = redis.Redis.from_url(settings.REDIS_URL)
    namespace = settings.DRAMATIQ_NAMESPACE
    broker = RedisBroker(client=client, namespace=namespace, middleware=[Hygiene()])  # type: ignore[no-untyped-call]
    dramatiq.set_broker(broker)
