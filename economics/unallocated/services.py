"""Setting aside what an artist who has left cannot be paid, and giving it back or on in the end.

An account of its own for each contribution, so that it is known whose it was. Each step is a
transaction of the ledger with the contribution as its subject.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from economics import outgoing
from economics.ledger import services as ledger
from economics.ledger.selectors import owed
from economics.ledger.services import Leg, leg
from economics.models import ArtistPayout, Charity, Contribution, LedgerAccount, LedgerTransaction
from economics.unallocated import rules, selectors
from media_pipeline.locks import lock

Kind = LedgerAccount.Kind
EMPTYING = "unallocated"  # a lock: nothing is moved out of one place twice
logger = logging.getLogger(__name__)


def carry_out(now: datetime | None = None) -> int:
    """Set aside for all who have left, then empty what has waited; return how many steps."""
    steps = sum(set_aside(artist) for artist in selectors.left_with_something())
    return steps + empty(now or timezone.now())


@transaction.atomic
def set_aside(artist: UUID) -> int:
    """Take what is owed to an artist out of their account; return how many steps it took.

    What they have asked for stays theirs, and is sent. What was given back to its giver since it
    was set aside, comes out again, wherever it has gone by then. Doing it twice changes nothing.
    What was paid out counts for the oldest contributions.
    """
    lock(f"outgoing:{Kind.ARTIST_PAYABLE}:{artist}")
    lock(EMPTYING)
    parts = selectors.parts_of(artist)
    count = sum(_take_back(artist, one, -part) for one, part in parts.items() if part < 0)
    left = outgoing.free(ArtistPayout, artist)
    for contribution, part in parts.items():
        if (amount := min(left, part)) > 0:
            legs = [
                leg(Kind.ARTIST_PAYABLE, amount, artist),
                leg(Kind.UNALLOCATED, -amount, contribution),
            ]
            _post("set_aside", contribution, legs)
            left, count = left - amount, count + 1
    return count


def _take_back(artist: UUID, contribution: UUID, amount: int) -> int:
    """Take what its giver has back out of where it was put; return how many steps that took.

    What was sent to its giver stays below zero on the account of who has left.
    """
    legs, left = [], amount
    for place in selectors.places_of(contribution):
        if part := min(left, place.amount):
            legs.append(leg(place.kind, part, place.party))
            left -= part
    if not legs:
        return 0
    _post("taken_back", contribution, [*legs, leg(Kind.ARTIST_PAYABLE, left - amount, artist)])
    return 1


@transaction.atomic
def empty(now: datetime) -> int:
    """Give back or on what has waited its months; return how much of what that was."""
    charity = None
    if rules.goes_to() != rules.GIVER:
        charity = Charity.objects.filter(slug=rules.goes_to()).first()
        if charity is None:
            logger.error("NEXUS_UNALLOCATED_TO names no charity: nothing is given on.")
            return 0
    lock(EMPTYING)
    found = selectors.waiting(rules.waited_since(now))
    for one in found:
        to = leg(Kind.GIVER_PAYABLE, -one.amount, one.contribution)
        if charity:
            to = leg(Kind.CHARITY_PAYABLE, -one.amount, charity.pk)
        legs = [leg(Kind.UNALLOCATED, one.amount, one.contribution), to]
        _post("to_charity" if charity else "to_giver", UUID(one.contribution), legs)
    return len(found)


@transaction.atomic
def sent_back(contribution: UUID, *, reference: str) -> int:
    """Write down that the operator has sent a giver what was to be given back; return how much.

    Raises Problem `reference-missing`, `nothing-to-give-back`.
    """
    if not reference.strip():
        raise Problem("reference-missing", "Say by what reference it was sent.", field="reference")
    lock(EMPTYING)
    amount = owed(Kind.GIVER_PAYABLE, contribution)
    given = Contribution.objects.select_for_update().filter(pk=contribution).first()
    # Who was given back all of it, or asks for that by their bank, is not sent a part of it, too.
    if given is None or given.status != Contribution.Status.CONFIRMED or amount <= 0:
        sentence = "Nothing of this contribution is to be given back."
        raise Problem("nothing-to-give-back", sentence, status=409)
    legs = [
        leg(Kind.GIVER_PAYABLE, amount, contribution),
        leg(Kind.PROVIDER_CLEARING, -amount, given.provider),
    ]
    _post("sent_back", contribution, legs, reference.strip())
    return amount


def _post(step: str, contribution: UUID, legs: list[Leg], external: str = "") -> None:
    """Post the next step of this kind; whoever calls holds the lock that makes it the next."""
    kind = f"unallocated.{step}"
    before = LedgerTransaction.objects.filter(kind=kind, subject=contribution).count()
    key = f"unallocated:{contribution}:{step}:{before + 1}"
    ledger.post(kind, key, legs, subject=contribution, external=external)
