"""Setting a price, and taking over what was bought without an account."""

from typing import Any

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from economics import money
from economics.models import Contribution, Price
from economics.sales import selectors
from economics.sales.rules import BUYERS
from social.models import User
from tracks.downloads.services.settings import set_audiences
from tracks.models import Release, Track
from tracks.visibility.services import closing

COLUMNS = selectors.COLUMNS


@transaction.atomic
def set_price(
    *, thing: Track | Release, by: User, least: int, suggested: int | None = None
) -> Price:
    """Sell copies of a piece: whoever's gift to its artist reaches `least` minor units may keep it.

    Kinds of files that nobody could keep open to buyers with it. Raises Problem `not-owner` (403),
    `no-price`.
    """
    _require_owner(thing, by)
    suggested = least if suggested is None else suggested
    if not 0 < least <= suggested <= money.MOST:
        raise Problem("no-price", "A price is more than nothing, and not above what is suggested.")
    price, _ = Price.objects.update_or_create(
        **_of(thing), defaults={"least": least, "suggested": suggested}
    )
    closed = [one for one in COLUMNS[type(thing)] if getattr(thing, one) == "nobody"]
    if not selectors.is_open_to(thing, BUYERS):
        set_audiences(thing=thing, by=by, audiences=dict.fromkeys(closed, BUYERS))
    _forget(thing)
    return price


@transaction.atomic
def end_price(*, thing: Track | Release, by: User) -> None:
    """Sell no more copies; whoever has paid keeps what they may. Raises Problem `not-owner`."""
    _require_owner(thing, by)
    Price.objects.filter(**_of(thing)).delete()
    _forget(thing)


@transaction.atomic
def claim(*, key: str, by: User) -> Contribution:
    """Make what was bought without an account this person's. Raises Problem `not-there` (404)."""
    rows = Contribution.objects.select_for_update().filter(key=key, buys=True)
    found = rows.first()
    if found is None or found.giver_id not in (None, by.pk):
        raise Problem("not-there", "Nothing that can be yours was bought here.", status=404)
    if found.giver_id is None:
        found.giver = by
        found.save(update_fields=["giver"])
    return found


def _of(thing: Track | Release) -> dict[str, Any]:
    return {"release" if isinstance(thing, Release) else "track": thing}


def _require_owner(thing: Track | Release, by: User) -> None:
    if thing.owner_id != by.pk:
        raise Problem("not-owner", "Only its artist sells it.", status=403)


def _forget(thing: Track | Release) -> None:
    if isinstance(thing, Release):
        kept_pages.forget(f"list:{thing.pk}")
    else:
        closing.draw_anew([thing.pk])
