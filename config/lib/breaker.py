"""A circuit breaker: what keeps failing is left alone for a while (Nygard, "Release It!").

Its state is in Redis, so all processes of the site know it. Closed, calls pass, and failures in a
row are counted; open, they are refused at once; after a pause one caller may try (half open), and
decides for all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from config.lib import redis

FAILURES_MOST = 5
PAUSE_SECONDS = 30
KEPT_SECONDS = 24 * 3600

# ARGV: failures to open at, ms of the pause, ms a trial may take, ms kept.
ENTER = """
redis.replicate_commands()
local failures = tonumber(redis.call('HGET', KEYS[1], 'failures') or 0)
if failures < tonumber(ARGV[1]) then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local again = tonumber(redis.call('HGET', KEYS[1], 'again') or 0)
if now < again then return again - now end
redis.call('HSET', KEYS[1], 'again', now + tonumber(ARGV[3]))
return 0
"""
FAILED = """
redis.replicate_commands()
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HINCRBY', KEYS[1], 'failures', 1)
redis.call('HSET', KEYS[1], 'again', now + tonumber(ARGV[2]), 'reason', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
"""


class Open(Exception):
    """Nothing was tried: it has failed too often just now. `seconds`: until the next trial."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(f"{name} has failed too often; it is tried again in {seconds:.0f} s.")
        self.name, self.seconds = name, seconds


class State(NamedTuple):
    """How a breaker stands: `closed`, `open` or `half-open`."""

    name: str
    state: str
    failures: int
    reason: str


@contextmanager
def guarded(
    name: str,
    *failures: type[Exception],
    most: int = FAILURES_MOST,
    pause: float = PAUSE_SECONDS,
    trial: float = PAUSE_SECONDS,
) -> Iterator[None]:
    """Let the block run, and count it as failed when it ends in one of these exceptions.

    Raises Open, and runs nothing, while `most` have failed in a row and `pause` seconds have not
    gone by; then one block at a time may try, for `trial` seconds.
    """
    client, key = redis.client(), redis.key("breaker", name)
    times = [most, int(pause * 1000), int(trial * 1000), KEPT_SECONDS * 1000]
    wait = client.register_script(ENTER)(keys=[key], args=times)
    if wait:
        raise Open(name, wait / 1000)
    try:
        yield
    except Exception as error:
        if failures and not isinstance(error, failures):
            raise
        reason = f"{type(error).__name__}: {error}"[:200]
        client.register_script(FAILED)(keys=[key], args=[*times, reason])
        raise
    client.delete(key)


def states(*, most: int = FAILURES_MOST) -> list[State]:
    """Return every breaker that has something to tell, by name."""
    client: Any = redis.client()
    found = []
    seconds, micros = client.time()
    now = seconds * 1000 + micros // 1000
    for key in sorted(client.scan_iter(redis.key("breaker", "*"), count=1000)):
        kept = client.hgetall(key)
        count = int(kept.get(b"failures", 0))
        state = "closed" if count < most else "open" if now < int(kept[b"again"]) else "half-open"
        name = key.decode().partition("breaker:")[2]
        found.append(State(name, state, count, kept.get(b"reason", b"").decode()))
    return found
