"""Work that comes round by itself. The clock only queues it; a general worker does it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job, Schedule

SECONDS = 600  # the longest that one run may take, unless its app says otherwise
QUARANTINE = timedelta(hours=1)  # before work that stops the machine is tried again by itself


@dataclass(frozen=True)
class Round:
    """A kind of job that comes round: `every` so many seconds, or each day `at` this hour."""

    kind: str
    every: float = 0
    at: int | None = None

    def after(self, moment: datetime) -> datetime:
        """Return when it is due next, having been queued at `moment`.

        Periods begin at the epoch, so that what comes round every quarter of a minute, half a
        minute or a minute comes together: a site on which nothing happens wakes up less often.
        """
        if self.at is None:
            periods = moment.timestamp() // self.every + 1
            return datetime.fromtimestamp(periods * self.every, moment.tzinfo)
        local = timezone.localtime(moment)
        due = local.replace(hour=self.at, minute=0, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)


ROUNDS: dict[str, Round] = {}

logger = logging.getLogger(__name__)


def register_round(
    name: str,
    do: Callable[[], object],
    sentence: str,
    *,
    every: float = 0,
    at: int | None = None,
    seconds: int = SECONDS,
) -> None:
    """Let `do` come round in a general worker: `every` so many seconds, or `at` an hour."""

    def work(_lease: Lease) -> None:
        do()

    register(Kind(name, "general", work, sentence, seconds, catches_up=True))
    ROUNDS[name] = Round(name, every, at)


def queue_due() -> float:
    """Queue what is due, each once among many hosts; return the seconds until the next one is."""
    there = dict(Schedule.objects.values_list("kind", "next_at"))
    if missing := ROUNDS.keys() - there.keys():
        Schedule.objects.bulk_create(
            [Schedule(kind=kind) for kind in missing], ignore_conflicts=True
        )
        there |= dict.fromkeys(missing, timezone.now())
    now = timezone.now()
    for kind, due in there.items():
        if kind in ROUNDS and due <= now:
            try:
                there[kind] = _queue(ROUNDS[kind], now)
            except IntegrityError:  # somebody queues it this moment; none behind it waits for that
                logger.exception("%s could not be queued.", kind)
    coming = [due for kind, due in there.items() if kind in ROUNDS]
    return max(0.0, (min(coming) - timezone.now()).total_seconds()) if coming else 60.0


def run_now(kind: str, *, after: float = 0) -> None:
    """Let what comes round come now; while it runs, once more after that.

    `after` so many seconds it does at once what is asked for until then.
    """
    rows = Job.objects.filter(dedupe_key=f"{kind}:")
    if rows.filter(state=Job.State.PENDING).exists():
        return  # whoever takes it sees all that is there now
    running = rows.filter(state=Job.State.RUNNING)
    if not running.update(asked_again=True) and not _again(kind, after):
        jobs.enqueue(kind, run_after=timezone.now() + timedelta(seconds=after) if after else None)


def _queue(found: Round, now: datetime) -> datetime:
    due = found.after(now)
    with transaction.atomic():
        rows = Schedule.objects.filter(kind=found.kind, next_at__lte=now)
        if rows.update(next_at=due, last_at=Now()) and not _again(found.kind):
            jobs.enqueue(found.kind)
    return due


def _again(kind: str, after: float = 0) -> bool:
    """Use the row of the run before, so that what comes round every few seconds leaves no heap."""
    ended = Q(state__in=[Job.State.SUCCEEDED, Job.State.FAILED])
    ended |= Q(state=Job.State.QUARANTINED, finished_at__lt=Now() - QUARANTINE)
    rows = Job.objects.filter(dedupe_key=f"{kind}:")
    last = rows.order_by("-created_at").values("pk")[:1]  # two may have ended, and one runs
    try:
        with transaction.atomic():
            won = rows.filter(ended, pk__in=last).update(
                state=Job.State.PENDING,
                created_at=Now(),
                run_after=Now() + timedelta(seconds=after),
                attempt=0,
                crash_count=0,
                failures=0,
                left_attempts=[],
                finished_at=None,
            )
    except IntegrityError:  # another one waits by now
        return True
    if won and not after:
        jobs.wake(rows.latest("created_at"))
    return bool(won) or rows.exists()
