"""A question's vector by a machine that is not in this process: asked for over Redis, and briefly.

Web processes load no model and ask no provider. A general worker answers; where it does not within
the bound, words and letters serve alone.
"""

import hashlib
import json
import logging
import threading
import time
from typing import Any, cast
from uuid import uuid4

import numpy as np
import redis as redis_errors

from assistant.providers.registry import MACHINES, Embedder, Unavailable, Useless
from config.lib import redis

ASKED = redis.key("meaning", "asked")
BOUND_S, ELSEWHERE_S = 0.15, 0.8  # of a model of this server; of a provider's
STALE_S = 2.0  # nobody waits for the answer any more
WAITING_MOST = 50
KEPT_S = 600  # for which a question's vector is known
AWAY_S = 1.0

logger = logging.getLogger(__name__)


def vector_of(machine: Embedder, text: str) -> Any | None:
    """Return the vector of a question; None where none comes in time.

    An answer that comes late is kept, for whoever asks the same next.
    """
    of = "\0".join((machine.name, machine.model, machine.version, text))
    kept = redis.key("meaning", "vector", hashlib.sha256(of.encode()).hexdigest())
    client = cast(Any, redis.client())
    if found := client.get(kept):
        return _read(found, machine)
    name = uuid4().hex
    asked = {"id": name, "machine": machine.name, "text": text, "at": time.time(), "as": kept}
    pipe = client.pipeline()
    pipe.lpush(ASKED, json.dumps(asked))
    pipe.ltrim(ASKED, 0, WAITING_MOST - 1)
    pipe.expire(ASKED, 5)
    pipe.execute()
    bound = BOUND_S if machine.is_local else ELSEWHERE_S
    answer = client.blpop([_answer_to(name)], timeout=bound)
    if answer is None or not answer[1]:
        return None
    return _read(answer[1], machine)


def answer_all(stopping: threading.Event) -> None:
    """Answer what web processes ask, until `stopping`. A thread of one general worker."""
    client = cast(Any, redis.waiting_client())
    while not stopping.is_set():
        try:
            found = client.brpop([ASKED], timeout=int(redis.LONGEST_WAIT))
            if found and not stopping.is_set():
                _answer(client, json.loads(found[1]))
        except redis_errors.RedisError:
            stopping.wait(AWAY_S)
        except Exception:
            logger.exception("A question could not be answered.")


def _answer(client: Any, asked: dict[str, Any]) -> None:
    machine = MACHINES.embedder(asked["machine"])
    if machine is None or time.time() - asked["at"] > STALE_S:
        return
    try:
        said = np.asarray(machine.question(asked["text"]), np.float32).tobytes()
    except (Unavailable, Useless):
        said = b""
    pipe = client.pipeline()
    if said:
        pipe.set(asked["as"], said, ex=KEPT_S)
    pipe.rpush(_answer_to(asked["id"]), said)
    pipe.expire(_answer_to(asked["id"]), 5)
    pipe.execute()


def _answer_to(name: str) -> str:
    return redis.key("meaning", "answer", name)


def _read(said: bytes, machine: Embedder) -> Any | None:
    found = np.frombuffer(said, np.float32)
    return found if len(found) == machine.dimensions else None
