"""Whole pages in Redis, each known by what it shows, so that one thing's pages can be forgotten.

A page being made while what it shows changes was made of what was: it is not kept. Both scripts go
by Redis's own clock, and what was forgotten lately is remembered for longer than a page takes.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from config.lib import redis

REMEMBERED = 300  # seconds: longer than any page takes to be made
EVERYBODY = "*"  # of `own`: whoever is signed in gets a page of their own

# KEYS[1]: the page. ARGV: its bytes, milliseconds, the moment (µs) it was begun, what it shows.
KEEP = """
for n = 4, #ARGV do
  local gone = redis.call('GET', 'nexus:forgotten:' .. ARGV[n])
  if gone and tonumber(gone) >= tonumber(ARGV[3]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
for n = 4, #ARGV do
  local pages = 'nexus:pages-of:' .. ARGV[n]
  redis.call('SADD', pages, KEYS[1])
  if redis.call('PTTL', pages) < tonumber(ARGV[2]) then redis.call('PEXPIRE', pages, ARGV[2]) end
end
return 1
"""
# ARGV: the seconds in which it is remembered, then what is forgotten.
FORGET = """
redis.replicate_commands()
local clock = redis.call('TIME')
local now = string.format('%.0f', clock[1] * 1000000 + clock[2])
for n = 2, #ARGV do
  redis.call('SET', 'nexus:forgotten:' .. ARGV[n], now, 'EX', ARGV[1])
  local pages = 'nexus:pages-of:' .. ARGV[n]
  for _, page in ipairs(redis.call('SMEMBERS', pages)) do redis.call('DEL', page) end
  redis.call('DEL', pages)
end
"""


# What else is made of these things and must be made anew: called in the deed that changes them.
_hearers: list[Callable[[list[str]], None]] = []


def on_forget(hear: Callable[[list[str]], None]) -> None:
    """Let `hear` know which things have changed, in the transaction in which they do."""
    _hearers.append(hear)


@dataclass
class Page:
    """A kept page. Whoever is in `own` (ids, or EVERYBODY) is not served it."""

    headers: dict[str, str]
    body: bytes
    own: frozenset[str] = field(default_factory=frozenset)

    def is_for(self, person: str) -> bool:
        """Tell whether this person ("" for a visitor) is served the page for all."""
        return not person or not self.own & {person, EVERYBODY}


def find(key: str) -> tuple[int, Page | None]:
    """Return Redis's clock in µs, and the page if it is kept."""
    pipe = redis.client().pipeline(transaction=False)
    pipe.time()
    pipe.get(key)
    (seconds, micros), kept = pipe.execute()
    now = seconds * 1_000_000 + micros
    if kept is None:
        return now, None
    head, _, body = kept.partition(b"\n")
    words = json.loads(head)
    return now, Page(words["headers"], body, frozenset(words["own"]))


def keep(key: str, page: Page, shows: Iterable[str], *, begun: int, seconds: float) -> bool:
    """Keep a page that was begun at that moment; False where what it shows has changed since.

    One that is to live for less than a millisecond is not kept either.
    """
    life = int(seconds * 1000)
    if life < 1:
        return False
    head = json.dumps({"headers": page.headers, "own": sorted(page.own)})
    data = head.encode() + b"\n" + page.body
    return bool(redis.client().eval(KEEP, 1, key, data, life, begun, *shows))


def forget(*things: str) -> None:
    """Forget every page that shows one of these (`track:…`), once this transaction commits."""
    if things:
        wanted = sorted(set(things))
        for hear in _hearers:
            hear(wanted)
        # The deed is done: where Redis is away, a page's own end and the reader of events remain.
        act = partial(redis.client().eval, FORGET, 0, REMEMBERED, *wanted)
        transaction.on_commit(act, robust=True)
