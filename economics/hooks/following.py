"""Taking what providers told into the ledger, in the order in which it happened.

What has come before those it follows waits for them; what comes twice is there already. So the
same events, in whatever order and however often, lead to the same ledger. What has come in is most
of it, and taken many at once.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from config.lib import disk
from config.lib.outages import is_away
from config.lib.problems import Problem
from economics.contributions import arriving
from economics.contributions import services as contributions
from economics.contributions.arriving import Arrival
from economics.models import Contribution, ProviderEvent
from economics.models.provider import SENTENCE_CHARS
from media_pipeline import faults
from media_pipeline.jobs.services.schedules import run_now

logger = logging.getLogger(__name__)

FOLLOW = "follow-providers"
CONFIRMED = "confirmed"
State = ProviderEvent.State
EVERY, AT_ONCE = 60, 1000  # seconds, events
TOGETHER = 50  # in one transaction: others wait for as long with theirs
IN_ORDER = ("number", "received_at", "id")

STEPS: dict[str, Callable[[ProviderEvent], Contribution]] = {
    CONFIRMED: lambda one: contributions.confirm(
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


def follow(contribution: UUID) -> int:
    """Take all that can be taken of what was told of a contribution; return how many were."""
    taken = 0
    while _take_next(contribution):
        taken += 1
    return taken


def follow_all() -> None:
    """Take what can be taken, of whatever contribution; a run has an end, and asks for the next."""
    found = list(dict.fromkeys(_ready().values_list("contribution", flat=True)[:AT_ONCE]))
    for at in range(0, len(found), TOGETHER):
        _carefully(_take_arrivals, found[at : at + TOGETHER])
    left = _ready().filter(contribution__in=found) if found else _ready().none()
    for pk in dict.fromkeys(left.values_list("contribution", flat=True)):
        _carefully(follow, pk)
    if len(found) == AT_ONCE:
        run_now(FOLLOW)


def _ready() -> QuerySet[ProviderEvent]:
    """Return what waits for nothing that has not come, oldest first."""
    rows = ProviderEvent.objects.all()
    before = rows.filter(contribution=OuterRef("contribution"), provider=OuterRef("provider"))
    last = before.exclude(state=State.WAITING).order_by("-number").values("number")[:1]
    ready = rows.filter(state=State.WAITING).annotate(done=Coalesce(Subquery(last), 0))
    return ready.filter(number__lte=F("done") + 1).order_by("received_at", "id")


def _carefully(take: Callable[[Any], object], what: Any) -> None:
    """Take it; what cannot be taken is logged, waits, and holds up nobody."""
    try:
        take(what)
    except Exception as error:
        if is_away(error) or disk.is_full(error):
            raise
        logger.exception("What providers told could not be taken: %s", what)


@transaction.atomic
def _take_arrivals(wanted: Sequence[UUID]) -> None:
    """Take those of which is told next that they have come in; leave all else to `follow`.

    As few queries for many as for one, and one commit.
    """
    rows = Contribution.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    given = {row.pk: row for row in rows}
    told = ProviderEvent.objects.filter(contribution__in=wanted)
    over = told.exclude(state=State.WAITING).values_list("contribution", "provider").order_by()
    done = {tuple(key): most for *key, most in over.annotate(most=Max("number"))}
    waiting = told.filter(state=State.WAITING)
    arrivals, taken = [], []
    for one in waiting.order_by("contribution", *IN_ORDER).distinct("contribution"):
        row = given.get(one.contribution)
        is_next = one.number == done.get((one.contribution, one.provider), 0) + 1
        if row and is_next and one.kind == CONFIRMED and one.provider == row.provider:
            arrival = Arrival(row, one.reference, one.fee)
            with suppress(Problem):  # `follow` says why it is refused, or that it was taken before
                arriving.require_right(arrival)
                arrivals.append(arrival)
                taken.append(one.pk)
    if arrivals:
        arriving.write(arrivals)
        faults.point("hooks:taken")
        told.filter(pk__in=taken).update(state=State.TAKEN, taken_at=Now())


@transaction.atomic
def _take_next(pk: UUID) -> bool:
    given = Contribution.objects.select_for_update().filter(pk=pk).first()
    rows = ProviderEvent.objects.filter(contribution=pk)
    waiting = rows.filter(state=State.WAITING).order_by(*IN_ORDER).first()
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


def _end(one: ProviderEvent, state: str, sentence: str = "") -> bool:
    words = {"state": state, "sentence": sentence[:SENTENCE_CHARS], "taken_at": Now()}
    ProviderEvent.objects.filter(pk=one.pk).update(**words)
    return True
