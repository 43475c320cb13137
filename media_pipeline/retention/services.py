"""Carrying out the rules by which rows live for a time only (`config.lib.kept`)."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.lib.kept import RULES, Rule
from config.lib.outages import is_away
from media_pipeline.jobs.services.schedules import run_now
from media_pipeline.models import Retention

ROUND = "retention"
BATCH = 1000  # rows in one transaction, so that nobody waits long for a lock
SLICE_SECONDS = 60.0  # for one rule, before the next has its turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What one rule has removed; `is_done` is False where more is left for the next run."""

    rule: str
    removed: int
    is_done: bool = True
    error: str = ""


def carry_out_all(*, dry: bool = False) -> list[Outcome]:
    """Carry out every rule; return what each has removed, or with `dry` would remove.

    One that raises is logged and holds up no other; only a database that is away is waited for.
    """
    found = []
    for rule in list(RULES.values()):
        try:
            found.append(_try(rule) if dry else carry_out(rule))
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("The rule %s could not be carried out.", rule.name)
            found.append(Outcome(rule.name, 0, is_done=False, error=type(error).__name__))
    return found


def come_round() -> None:
    """Carry out every rule; where a slice was too short for all there is, soon once more."""
    if any(not one.is_done and not one.error for one in carry_out_all()):
        run_now(ROUND)


def carry_out(rule: Rule, *, seconds: float = SLICE_SECONDS) -> Outcome:
    """Remove what has lived long enough, batch by batch, for at most `seconds`.

    Each batch is a transaction of its own: whoever is killed leaves whole ones. What was removed is
    counted with it.
    """
    now, removed, is_done = timezone.now(), 0, False
    until = time.monotonic() + seconds
    Retention.objects.get_or_create(rule=rule.name)
    while not is_done and time.monotonic() < until:
        with transaction.atomic():
            count = rule.forget(now, BATCH)
            removed += count
            _note(rule, now, removed, count)
        is_done = count < BATCH
    return Outcome(rule.name, removed, is_done)


def _note(rule: Rule, now: datetime, removed: int, count: int) -> None:
    rows = Retention.objects.filter(rule=rule.name)
    rows.update(last_at=now, removed=removed, removed_ever=F("removed_ever") + count)


def _try(rule: Rule) -> Outcome:
    """Count what would go, and put it back."""
    with transaction.atomic():
        outcome = carry_out(rule)
        transaction.set_rollback(True)
    return outcome
