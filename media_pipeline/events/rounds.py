"""Reading of what has happened, as jobs: woken by each event, and coming round by themselves."""

import logging
from collections.abc import Iterable

from django.db import transaction

from config.lib import disk
from config.lib.outages import is_away
from media_pipeline.events import services
from media_pipeline.events.registry import READERS
from media_pipeline.events.services import READ_AT_ONCE, Handler
from media_pipeline.events.waking import round_of
from media_pipeline.jobs.services.schedules import register_round, run_now
from media_pipeline.models import Event

TRIES = 3
EVERY = 120  # seconds: makes up for a host that died between a commit and waking the reader

logger = logging.getLogger(__name__)


def register_reader(name: str, handle: Handler, sentence: str, *, kinds: Iterable[str]) -> None:
    """Let `handle` meet each event of these kinds once, in their order, in a general worker.

    An event whose handling raises three times is left out and logged: it holds up no other. Only a
    database that is away is waited for.
    """
    wanted = READERS[name] = frozenset(kinds)

    def meet(event: Event) -> None:
        if event.kind in wanted:
            handle(event)

    def insist(event: Event) -> None:
        if event.kind in wanted:
            _try(name, handle, event, TRIES - 1)

    def follow() -> None:
        while True:
            try:
                if services.read(name, meet) == READ_AT_ONCE:
                    run_now(round_of(name))  # after what others wait for
                return
            except Exception as error:
                _raise_if_away(error)
                # By itself, and holding nothing of those before it that others may wait for.
                services.read(name, insist, most=1)

    register_round(round_of(name), follow, sentence, every=EVERY)


def _try(name: str, handle: Handler, event: Event, tries: int = TRIES) -> None:
    for _ in range(tries):
        try:
            with transaction.atomic():
                handle(event)
        except Exception as error:
            _raise_if_away(error)
            logger.exception("%s could not read the event %s.", name, event.pk)
        else:
            return


def _raise_if_away(error: Exception) -> None:
    if is_away(error) or disk.is_full(error):
        raise error
