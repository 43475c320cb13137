"""What somebody gave and was given, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from config.lib.archive import BIGINT_MAX, ID, TIME, YES_OR_NO, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from economics.contributions.rules import parts_of
from economics.contributions.selectors import JOINS
from economics.models import Contribution, Pledge
from economics.models.contribution import MESSAGE_CHARS, WHOLE
from social.models import User

GIVEN, RECEIVED, MONTHLY = "given", "received", "monthly"
CENTS = {
    "type": "integer",
    "minimum": 0,
    "maximum": BIGINT_MAX,
    "description": "Minor units of the currency",
}
SHARE = {
    "type": "integer",
    "minimum": 0,
    "maximum": WHOLE,
    "description": "Hundredths of a percent",
}
STATUSES = sorted({*Contribution.Status.values, *Pledge.Status.values})
SCHEMA = row(
    "Something you gave, give each month, or were given as an artist",
    id=ID,
    what=one_of(GIVEN, RECEIVED, MONTHLY),
    mode=one_of("", *Contribution.Mode.values),
    status=one_of(*STATUSES),
    artist=text(40),
    charity=text(60),
    currency=text(3),
    amount=CENTS,
    fee=CENTS,
    artist_cents=CENTS,
    artist_bp=SHARE,
    charity_bp=SHARE,
    platform_bp=SHARE,
    message=text(MESSAGE_CHARS),
    is_public=YES_OR_NO,
    country=text(2),
    provider=text(30),
    reference=text(200),
    receipt=maybe({"type": "integer", "minimum": 1, "description": "Its number"}),
    created_at=TIME,
    confirmed_at=maybe(TIME),
)
SAME = ("currency", "amount", "artist_bp", "charity_bp", "platform_bp", "message", "is_public")


def _rows(person: User) -> Iterator[dict[str, Any]]:
    mine = Q(giver=person) | Q(artist=person, artist_bp__gt=0)
    rows = Contribution.objects.filter(mine).select_related(*JOINS).order_by("pk")
    for one in rows.iterator():
        yield _contribution(one, is_own=one.giver_id == person.pk)
    pledges = Pledge.objects.filter(giver=person).select_related("artist", "charity")
    for pledge in pledges.order_by("pk").iterator():
        yield _told(pledge) | {"what": MONTHLY, "country": pledge.country}


def _contribution(one: Contribution, *, is_own: bool) -> dict[str, Any]:
    receipt = getattr(one, "receipt", None)
    words = _told(one) | {
        "mode": one.mode,
        "fee": one.fee,
        "artist_cents": parts_of(one)["artist"],
        "confirmed_at": moment(one.confirmed_at),
    }
    if not is_own:  # what its giver said of themselves is theirs
        # A message is read once what it came with is there, as on the page.
        is_there = one.confirmed_at is not None
        return words | {"what": RECEIVED, "message": one.message if is_there else ""}
    return words | {
        "what": GIVEN,
        "country": one.country,
        "reference": one.reference,
        "receipt": receipt.number if receipt else None,
    }


def _told(one: Contribution | Pledge) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        **{name: getattr(one, name) for name in SAME},
        "mode": "",
        "status": one.status,
        "artist": one.artist.handle if one.artist else "",
        "charity": one.charity.slug if one.charity else "",
        "fee": 0,
        "artist_cents": 0,
        "country": "",
        "provider": one.provider,
        "reference": "",
        "receipt": None,
        "created_at": moment(one.created_at),
        "confirmed_at": None,
    }


def register_all() -> None:
    """Say what goes along of it."""
    sentence = "What you gave, give each month, and were given, to the cent."
    register_section(Section("contributions", sentence, SCHEMA, _rows))
