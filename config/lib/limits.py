"""How often somebody may do a thing: the one limiter, and the one table of what is limited.

GCRA, the generic cell rate algorithm (ITU-T I.371): each thing done moves one moment of time
forward, and is refused when that moment lies too far ahead. So a whole share may be used at once,
and comes back evenly; no stretch of the clock begins at which everybody may start anew. One script
in Redis decides, by Redis's own clock, so that of many at once exactly as many pass as may.
"""

import math
from typing import Any, NamedTuple

from config.lib import redis
from config.lib.hidden import hidden
from config.lib.problems import Problem

MINUTE, QUARTER, HOUR = 60, 15 * 60, 3600

# KEYS[1]: the moment (µs) at which the whole share is there again. ARGV: µs between two, how many
# at once, how many now, whether that was done already. Returns whether it passes, how many are
# left, µs to wait, µs until whole.
SCRIPT = """
redis.replicate_commands()
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local every, most, weight = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local after = whole + every * weight
local ahead = after - now - every * most
if ahead > 0 and ARGV[4] == '0' then
  return {0, math.floor((now + every * most - whole) / every), ahead, whole - now}
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {1, math.max(0, math.floor(-ahead / every)), 0, after - now}
"""


class Limit(NamedTuple):
    """At most `most` at once and in `seconds`, for each of whom or what it is counted by."""

    most: int
    seconds: int
    sentence: str


class Share(NamedTuple):
    """What is left of a share. `wait` and `whole` are in seconds."""

    passes: bool
    most: int
    left: int
    wait: float
    whole: float

    @property
    def retry_after(self) -> int:
        """Return the whole seconds after which one more passes, at least one."""
        return max(1, math.ceil(self.wait))


LIMITS = {
    "note": Limit(
        20, MINUTE, "That is a lot of notes at once. Wait a minute; your words are still here."
    ),
    "preview": Limit(120, MINUTE, "That is a lot of previews. Wait a minute."),
    "sign-off": Limit(20, MINUTE, "That is a lot at once. Wait a minute."),
    "review-name": Limit(10, HOUR, "Too many names from your address. Wait an hour."),
    "review-password": Limit(
        8, QUARTER, "Too many tries. Wait a quarter of an hour, or ask for a new link."
    ),
    "second-factor": Limit(10, QUARTER, "Too many tries. Wait some minutes, then try again."),
    "review-play": Limit(30, MINUTE, "This is counted already."),
    "download": Limit(240, HOUR, "That is a lot to take at once. Go on in some minutes."),
    "download-part": Limit(1200, HOUR, "This is asked for in too many parts. Wait a minute."),
    "blind-test": Limit(240, MINUTE, "That is faster than anybody can listen. Wait a minute."),
    "report": Limit(10, HOUR, "That is a lot of reports at once. Wait an hour, then go on."),
    "report-muted": Limit(
        2, HOUR, "Your reports are not looked at by themselves for now; two an hour are kept."
    ),
    "talk": Limit(20, HOUR, "That is a lot of messages at once. Wait an hour, then go on."),
    "hearing": Limit(120, HOUR, "That is a lot to hear at once. Wait a minute, then go on."),
    "verification": Limit(30, HOUR, "That is a lot to look for at once. Wait some minutes."),
    "giving": Limit(30, HOUR, "That is a lot at once. Nothing was given; go on in some minutes."),
    "appeal": Limit(10, HOUR, "That is a lot of appeals at once. Wait an hour, then go on."),
    # Whatever somebody without an account writes, and has no limit of its own above.
    "anonymous-by-address": Limit(30, HOUR, "That is a lot from one address. Wait an hour."),
    "anonymous-on-track": Limit(
        30, HOUR, "That is a lot of visitors on one piece. Sign in, or wait an hour."
    ),
}


def spend(what: str, who: object, weight: int = 1) -> None:
    """Do one more of what is in the table, as `who`.

    Raises the Problem `too-many` (429, with the seconds to wait) when the share is used up.
    """
    limit = LIMITS[what]
    share = take(what, who, most=limit.most, seconds=limit.seconds, weight=weight)
    if not share.passes:
        raise Problem("too-many", limit.sentence, status=429, retry_after=share.retry_after)


def take(
    what: str, who: object, *, most: int, seconds: float, weight: int = 1, after: bool = False
) -> Share:
    """Take `weight` of a share of `most` in `seconds`; what does not pass takes nothing.

    `who` may be an address or a name: Redis is shown a pseudonym. `after` counts what was done
    already: it passes, and whatever comes next waits.
    """
    if weight > most and not after:
        return Share(False, most, 0, seconds, seconds)
    every = math.ceil(seconds * 1_000_000 / most)  # whole, so that Lua's numbers stay exact
    name = redis.key("rate", what, hidden(who, "rate"))
    passes, left, wait, whole = _script()(keys=[name], args=[every, most, weight, int(after)])
    return Share(bool(passes), most, left, wait / 1_000_000, whole / 1_000_000)


def forget_all() -> None:
    """Give everybody their whole share back."""
    client = redis.client()
    for name in client.scan_iter(redis.key("rate", "*"), count=1000):
        client.delete(name)


def _script() -> Any:
    return redis.client().register_script(SCRIPT)
