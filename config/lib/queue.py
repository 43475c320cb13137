"""Waking a worker by its name, so that a service never imports an actor."""

import logging

import dramatiq
from django.db import transaction

logger = logging.getLogger(__name__)


def send(actor: str, *args: str, queue: str) -> None:
    """Put a message for `actor` on `queue` once the current transaction has committed.

    The message only saves time: the job's row is the truth, and the sweep sends again what was
    lost. So a broker that is away is logged and never fails the request.
    """
    transaction.on_commit(lambda: _enqueue(actor, args, queue))


def _enqueue(actor: str, args: tuple[str, ...], queue: str) -> None:
    broker = dramatiq.get_broker()
    message: dramatiq.Message[None] = dramatiq.Message(
        queue_name=queue, actor_name=actor, args=args, kwargs={}, options={}
    )
    try:
        broker.declare_queue(queue)
        broker.enqueue(message)
    except Exception:
        logger.exception("The broker did not take %s; the sweep will send it again.", actor)
