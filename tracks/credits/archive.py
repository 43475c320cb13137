"""Who made somebody's music, and which names are theirs, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from config.lib.archive import COUNT, ID, TIME, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.credits.rules import DETAIL_MAX, JOIN_MAX, URL_MAX
from tracks.models import Credit, Name, NameClaim
from tracks.models.credit import NAME_MAX

CREDIT = row(
    "A credit on a track or a release of yours; the artists first, in their order",
    track=maybe(ID),
    release=maybe(ID),
    role=one_of(*Credit.Role.values),
    name=text(NAME_MAX),
    credited_as=text(NAME_MAX),
    join_phrase=text(JOIN_MAX),
    detail=text(DETAIL_MAX),
    url=text(URL_MAX),
    position=COUNT,
)
NAME = row(
    "A name that leads to your page, or that you have asked for",
    name=text(NAME_MAX),
    state=one_of("yours", *NameClaim.State.values),
    words=text(500),
    asked_at=maybe(TIME),
)


def _credits(person: Person) -> Iterator[dict[str, Any]]:
    own = Q(track__owner=person) | Q(release__owner=person)
    rows = Credit.objects.filter(own, track__deleted_at=None, release__deleted_at=None)
    for credit in rows.select_related("name").order_by("track", "release", "position", "pk"):
        yield {
            "track": credit.track_id and str(credit.track_id),
            "release": credit.release_id and str(credit.release_id),
            "role": credit.role,
            "name": credit.name.name,
            "credited_as": credit.credited_as,
            "join_phrase": credit.join_phrase,
            "detail": credit.detail,
            "url": credit.url,
            "position": credit.position,
        }


def _names(person: Person) -> Iterator[dict[str, Any]]:
    for name in Name.objects.filter(account=person).order_by("key"):
        yield {"name": name.name, "state": "yours", "words": "", "asked_at": None}
    claims = NameClaim.objects.filter(person=person).select_related("name")
    for claim in claims.order_by("pk"):
        yield {
            "name": claim.name.name,
            "state": claim.state,
            "words": claim.words,
            "asked_at": moment(claim.created_at),
        }


def register_all() -> None:
    """Say what goes along of credits and names."""
    said = "Who made your tracks and releases, as you have said it."
    register_section(Section("credits", said, CREDIT, _credits))
    said = "The artists’ names that lead to your page, and those you have asked for."
    register_section(Section("names", said, NAME, _names))
