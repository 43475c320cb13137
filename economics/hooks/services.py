"""Taking in what providers tell: kept as it comes, once. `following` takes it into the ledger."""

import time
from functools import partial

from django.conf import settings
from django.db import transaction

from config.lib.problems import Problem
from economics.hooks import rules
from economics.hooks.following import FOLLOW, STEPS
from economics.models import ProviderEvent
from economics.models.provider import EVENT_CHARS
from economics.money import MOST
from economics.providers.registry import Telling, Told, find
from media_pipeline import faults
from media_pipeline.jobs.services.schedules import run_now

MOST_NUMBER = 10_000
SAME = ("contribution", "number", "kind")  # of what one id tells, however often


def receive(name: str, body: bytes, signed: str) -> None:
    """Keep what a provider tells, once, and let a job take it; one that is lost comes round.

    Raises Problem: `no-such-provider` (404), `no-key` (503), `signature-wrong`, `signature-old`,
    `event-wrong`; then nothing was kept.
    """
    provider: object = find(name)
    if not isinstance(provider, Telling):
        raise Problem("no-such-provider", "No such provider tells anything here.", status=404)
    rules.require_signed(body, signed, settings.NEXUS_HOOK_KEYS.get(name, []), time.time())
    try:
        told = _whole(provider.read(body))
    except ValueError as error:
        raise Problem("event-wrong", f"This cannot be read: {error}") from None
    with transaction.atomic():
        row = ProviderEvent(
            provider=name,
            event=told.id,
            number=told.number,
            kind=told.kind,
            contribution=told.contribution,
            reference=told.reference,
            fee=told.fee,
        )
        ProviderEvent.objects.bulk_create([row], ignore_conflicts=True)
        _require_same(row)
        faults.point("hooks:row")
        transaction.on_commit(partial(run_now, FOLLOW), robust=True)


def _require_same(told: ProviderEvent) -> None:
    """Refuse an id that something else has: what it tells would be lost in silence."""
    kept = ProviderEvent.objects.get(provider=told.provider, event=told.event)
    if any(getattr(kept, name) != getattr(told, name) for name in SAME):
        raise Problem("event-wrong", "Another event has this id.", status=409)


def _whole(told: Told) -> Told:
    """Return it if it can be kept. Raises ValueError with what is wrong."""
    if not isinstance(told.kind, str) or told.kind not in STEPS:
        raise ValueError(f"There is no kind {told.kind!r}.")
    if not 1 <= told.number <= MOST_NUMBER or not 0 <= told.fee <= MOST:
        raise ValueError("A number is out of range.")
    for words in (told.id, told.reference):
        if not isinstance(words, str) or not 0 < len(words) <= EVENT_CHARS or "\0" in words:
            raise ValueError(f"An id and a reference have 1 to {EVENT_CHARS} characters.")
        words.encode()  # half of a surrogate pair is no text, and a ValueError
    return told
