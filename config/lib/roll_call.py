"""Counting open sockets: each that listens to one of some groups says that it is there, and who.

Nothing is kept of sockets anywhere, so that nothing can be left behind by a process that died: they
are asked when somebody wants to know.
"""

import time
from collections.abc import Collection
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

from config.lib import redis

EVENT = "roll.called"
WAIT_S, STEP_S = 0.6, 0.05  # in all, and until nobody new has answered for so long twice
KEPT_S = 30


def called(groups: Collection[str], *, but: str = "") -> int:
    """Return how many sockets listen to any of these groups, without those of the person `but`.

    Those that do not answer within 0.6 s are not counted. At once where nobody listens.
    """
    heard = _with_listeners(groups)
    if not heard:
        return 0
    key = redis.key("roll", uuid4().hex)
    _call(heard, key)
    found = _gathered(key)
    redis.client().delete(key)
    return sum(answer.partition(":")[2] != but or not but for answer in found)


def answer(key: str, channel: str, person: Any) -> None:
    """Say that a socket is there. Called in a thread."""
    with redis.client().pipeline() as pipe:
        pipe.sadd(key, f"{channel}:{person or ''}")
        pipe.expire(key, KEPT_S)
        pipe.execute()


def _with_listeners(groups: Collection[str]) -> list[str]:
    """Return the groups to which some process listens."""
    layer: Any = settings.CHANNEL_LAYERS["default"]["CONFIG"]
    prefix = layer["prefix"]
    names = {f"{prefix}__group__{group}": group for group in groups}
    if not names:
        return []
    counts: Any = redis.client().pubsub_numsub(*names)
    return [names[name.decode()] for name, count in counts if count]


def _call(groups: Collection[str], key: str) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    for group in groups:
        async_to_sync(layer.group_send)(group, {"type": EVENT, "key": key})


def _gathered(key: str) -> set[str]:
    """Return the answers, once no more of them come."""
    ends = time.monotonic() + WAIT_S
    count, still = 0, 0
    while time.monotonic() < ends and still < WAIT_S / STEP_S / 4:
        time.sleep(STEP_S)
        now = int(redis.client().scard(key))
        still = still + 1 if now == count and now else 0
        count = now
    found: Any = redis.client().smembers(key)
    return {answer.decode() for answer in found}
