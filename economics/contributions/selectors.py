"""Finding contributions: by their key, of a giver, of an artist; and where somebody is paid."""

from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from config.lib.paging import Page, page, read_id_cursor
from economics.models import Charity, Contribution, LedgerTransaction, PayLink
from economics.pay_links.selectors import own
from social.models import User

JOINS = ("artist", "charity", "giver", "track", "release", "receipt", "pledge")
Mode, Status = Contribution.Mode, Contribution.Status


class Way(NamedTuple):
    """Where somebody is paid directly: an address of the web, or words such as an account."""

    label: str
    where: str

    @property
    def is_address(self) -> bool:
        """Tell whether it is an address that a browser opens."""
        return self.where.startswith("https://")


def mode() -> str:
    """Return which way money goes here: `direct` or `pooled`."""
    return str(settings.NEXUS_MONEY)


def pay_links_of(artist: User) -> list[Way]:
    """Return where an artist is paid directly; none where they have not said."""
    return [Way(str(link), link.where) for link in own(artist)]


def ways_of(given: Contribution, part: str) -> list[Way]:
    """Return where this part of a direct contribution goes: `artist`, `charity` or `platform`."""
    if part == "artist":
        return pay_links_of(given.artist) if given.artist else []
    if part == "charity":
        return [Way(given.charity.name, given.charity.pay_link)] if given.charity else []
    return [Way(settings.SITE_NAME, settings.NEXUS_PAY_LINK)]


def offered_charities() -> Any:
    """Return whom a giver can share with: with directly only where it can be paid."""
    found = Charity.objects.offered()
    return found.exclude(pay_link="") if mode() == Mode.DIRECT else found


def is_offered_charity(charity: Charity | None) -> bool:
    """Tell whether givers can still share with it; one query."""
    return charity is not None and offered_charities().filter(pk=charity.pk).exists()


def can_be_given_to(artist: User) -> bool:
    """Tell whether there is a way in which this artist is given something."""
    return mode() == Mode.POOLED or PayLink.objects.of(artist).exists()


def is_offered(artist: User) -> bool:
    """Tell the same as `can_be_given_to` without a query: by what stands beside the artist."""
    return mode() == Mode.POOLED or artist.is_payable


def site_is_paid() -> bool:
    """Tell whether the site itself can be given a share."""
    return mode() == Mode.POOLED or bool(settings.NEXUS_PAY_LINK)


def by_key(key: str) -> Contribution | None:
    """Return the contribution that this key opens."""
    return Contribution.objects.select_related(*JOINS).filter(key=key).first()


def given_by(person: Any, before: str = "") -> Page[Contribution]:
    """Return a page of what somebody gave, newest first."""
    return _paged(Contribution.objects.filter(giver=person), before)


def given_to(artist: Any, before: str = "") -> Page[Contribution]:
    """Return a page of what an artist was given, newest first: what came in, or waits for them."""
    rows = Contribution.objects.filter(artist=artist, artist_bp__gt=0)
    return _paged(rows.exclude(status__in=(Status.CANCELLED, Status.FAILED)), before)


def direct_to(artist: Any, key: UUID) -> Contribution | None:
    """Return what was given to this artist directly, for their word that it has come."""
    rows = Contribution.objects.filter(artist=artist, artist_bp__gt=0, mode=Mode.DIRECT)
    return rows.filter(pk=key).first()


def was_sent_back(given: Contribution) -> bool:
    """Tell whether its giver was sent the part of an artist who had left."""
    rows = LedgerTransaction.objects.filter(kind="unallocated.sent_back", subject=given.pk)
    return rows.exists()


def _paged(rows: Any, before: str) -> Page[Contribution]:
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows.select_related(*JOINS).order_by("-pk"), lambda row: row.pk.hex)
