"""Taking in what providers tell: kept as it comes, and taken in the order in which it happened.

What has come before those it follows waits for them; what comes twice is there already. So the
same events, in whatever order and however often, lead to the same ledger.
"""

import logging
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now

from config.lib.outages import is_away
from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.hooks import rules
from economics.models import Contribution, ProviderEvent
from economics.models.provider import EVENT_CHARS, SENTENCE_CHARS
from economics.money import MOST
from economics.providers.registry import Telling, Told, find
from media_pipeline import faults
from media_pipeline.jobs.services.schedules import run_now

FOLLOW = "follow-providers"
State = ProviderEvent.State
MOST_NUMBER = 10_000
EVERY, AT_ONCE = 60, 200  # seconds, events
SAME = ("contribution", "number", "kind")  # of what one id tells, however often

logger = logging.getLogger(__name__)

STEPS: dict[str, Callable[[ProviderEvent], Contribution]] = {
    "confirmed": lambda one: contributions.confirm(
        one.contribution, reference=one.reference, fee=one.fee
    ),
    "failed": lambda one: contributions.cancel(one.contribution, failed=True),
    "cancelled": lambda one: contributions.cancel(one.contribution),
    "refunded": lambda one: contributions.refund(one.contribution, reference=one.reference),
    "disputed": lambda one: contributions.dispute(one.contribution, reference=one.reference),
    "won": lambda one: contributions.end_dispute(
        one.contribution, won=True, reference=one.reference
    ),
    "lost": lambda one: contributions.end_dispute(
        one.contribution, won=False, reference=one.reference
    ),
}


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


def follow(contribution: UUID) -> int:
    """Take all that can be taken of what was told of a contribution; return how many were."""
    taken = 0
    while _take_next(contribution):
        taken += 1
    return taken


def follow_all() -> None:
    """Take what can be taken, of whatever contribution; a run has an end, and asks for the next."""
    rows = ProviderEvent.objects.all()
    before = rows.filter(contribution=OuterRef("contribution"), provider=OuterRef("provider"))
    last = before.exclude(state=State.WAITING).order_by("-number").values("number")[:1]
    ready = rows.filter(state=State.WAITING).annotate(done=Coalesce(Subquery(last), 0))
    ready = ready.filter(number__lte=F("done") + 1).order_by("received_at", "id")
    found = list(ready.values_list("contribution", flat=True)[:AT_ONCE])
    for pk in found:
        try:
            follow(pk)
        except Exception as error:  # one of them holds up no other
            if is_away(error):
                raise
            logger.exception("What was told of the contribution %s could not be taken.", pk)
    if len(found) == AT_ONCE:
        run_now(FOLLOW)


@transaction.atomic
def _take_next(pk: UUID) -> bool:
    given = Contribution.objects.select_for_update().filter(pk=pk).first()
    rows = ProviderEvent.objects.filter(contribution=pk)
    waiting = rows.filter(state=State.WAITING).order_by("number", "received_at", "id").first()
    if waiting is None:
        return False
    if given is None or given.provider != waiting.provider:
        return _end(waiting, State.REFUSED, "There is no such contribution of this provider.")
    last = rows.exclude(state=State.WAITING).filter(provider=given.provider)
    done = last.aggregate(most=Max("number"))["most"] or 0
    if waiting.number > done + 1:
        return False  # until those before it have come
    if waiting.number <= done:
        return _end(waiting, State.REFUSED, "Another event has this number.")
    try:
        with transaction.atomic():
            STEPS[waiting.kind](waiting)
    except Problem as refusal:
        # Money may have moved that the ledger knows nothing of: whoever runs the site looks.
        words = (waiting.event, waiting.provider, pk, refusal.detail)
        logger.warning("The event %s of %s about %s is refused: %s", *words)
        return _end(waiting, State.REFUSED, refusal.detail)
    faults.point("hooks:taken")
    return _end(waiting, State.TAKEN)


def _require_same(told: ProviderEvent) -> None:
    """Refuse an id that something else has: what it tells would be lost in silence."""
    kept = ProviderEvent.objects.get(provider=told.provider, event=told.event)
    if any(getattr(kept, name) != getattr(told, name) for name in SAME):
        raise Problem("event-wrong", "Another event has this id.", status=409)


def _end(one: ProviderEvent, state: str, sentence: str = "") -> bool:
    words = {"state": state, "sentence": sentence[:SENTENCE_CHARS], "taken_at": Now()}
    ProviderEvent.objects.filter(pk=one.pk).update(**words)
    return True


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
