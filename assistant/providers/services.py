"""Asking a machine elsewhere: only what it may read, within the day's budget, and written down.

The row is there before anything is sent. So two that ask at once see each other, and what a process
that was killed has sent still counts.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from redis.exceptions import RedisError

from assistant.consent.selectors import readable
from assistant.models import ProviderCall
from assistant.providers.registry import Machine, Unavailable, Useless
from assistant.providers.selectors import HEARD, budget, left_today, seconds_of_day
from config.lib import breaker
from tracks.models import Track

LOCKED = 0x4E50_0001  # of this purpose alone, among PostgreSQL's advisory locks
LATER_S = 60.0


class NotAllowed(Useless):
    """Somebody was about to send what may not be read there. Nothing was sent."""


class Failing(Unavailable):
    """It did not answer as it should; `status` is the word for the row of the call."""

    def __init__(self, status: str, sentence: str, seconds: float | None = None) -> None:
        super().__init__(sentence, seconds)
        self.status = status


class Unusable(Useless):
    """It answered with what cannot be used; `status` as above."""

    def __init__(self, status: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@contextmanager
def asking(
    machine: Machine, task: str, *, units: int, tracks: Collection[UUID] | None
) -> Iterator[None]:
    """Let the block send `units` about these tracks, and write down how it ended.

    `tracks` is None for what is about none: what somebody looks for. `units`: seconds of sound, or
    characters. Raises NotAllowed, and Unavailable while the budget is spent or the machine is left
    alone because it failed; what the block raises passes on. Call it outside of transactions.
    """
    if tracks is not None:
        check_consent(machine, tracks)
    try:
        with breaker.guarded(f"{machine.name} {task}", Failing):
            row = _reserve(machine, task, units, tracks)
            with _written_down(row):
                yield
    except breaker.Open as waits:
        raise Unavailable(str(waits), waits.seconds) from None
    except RedisError:
        raise Unavailable("Redis does not answer.", LATER_S) from None


@contextmanager
def _written_down(row: ProviderCall) -> Iterator[None]:
    began, status = time.monotonic(), "broken-off"
    try:
        yield
        status = "ok"
    except (Failing, Unusable) as error:
        status = error.status
        raise
    finally:
        took_ms = round((time.monotonic() - began) * 1000)
        ProviderCall.objects.filter(pk=row.pk).update(status=status, took_ms=took_ms)


def check_consent(machine: Machine, tracks: Collection[UUID]) -> None:
    """Raise NotAllowed unless each of these, and at least one, may be read there. One query."""
    wanted = set(tracks)
    found = readable(Track.objects.filter(pk__in=wanted), machine.name)
    if not wanted or found.count() != len(wanted):
        raise NotAllowed(f"This may not be read by {machine.label}.")


def check_budget(task: str, units: int) -> None:
    """Raise where so much may not be sent: Useless on no day, Unavailable on this one."""
    most = budget(task)
    what = "seconds of sound" if task == HEARD else "characters"
    if most and units > most:
        raise Useless(f"It is longer than what may be sent in a day: {most} {what}.")
    left = left_today(task)
    if left is not None and units > left:
        sentence = f"{left} of {most} {what} may still be sent today, and this is {units}."
        raise Unavailable(sentence, seconds_of_day())


def _reserve(
    machine: Machine, task: str, units: int, tracks: Collection[UUID] | None
) -> ProviderCall:
    only = next(iter(tracks)) if tracks and len(set(tracks)) == 1 else None
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKED])
        check_budget(task, units)
        row: ProviderCall = ProviderCall.objects.create(
            provider=machine.name,
            task=task,
            model=machine.model,
            track_id=only,
            units=units,
            status="asked",
        )
        return row
