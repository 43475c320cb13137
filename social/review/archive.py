"""Who reviews what for whom, and by which links, in the archive of somebody's data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from config.lib import archive
from config.lib.archive import COUNT, ID, TIME, YES_OR_NO, many, maybe, moment, text
from config.lib.kept import Section, register_section
from social.models import Approver, Reviewer, ReviewGuest, ReviewLink, ReviewPolicy, User
from tracks.models import Track

AT_ONCE = 200  # links whose guests are read together
REVIEW = archive.row(
    "Who writes notes on a track and who signs it off: on your tracks, or you on others'",
    kind=archive.one_of("reviewer", "approver", "policy"),
    track=ID,
    track_title=text(200) | {"description": "Empty where you may not open it any more."},
    own_track=YES_OR_NO,
    person=text(30) | {"description": "Whom it is about; empty for a policy."},
    who=text(9) | {"description": "Of a policy: who may write notes."},
    created_at=maybe(TIME),
)
GUEST = archive.thing(name=text(80), created_at=TIME, removed_at=maybe(TIME))
LINK = archive.row(
    "A link you have made for somebody to review a track: without its key and its password",
    id=ID,
    track=ID,
    recipient=text(80),
    has_password=YES_OR_NO,
    may_comment=YES_OR_NO,
    plays=COUNT,
    guests=many(GUEST),
    created_at=TIME,
    expires_at=maybe(TIME),
    revoked_at=maybe(TIME),
    last_played_at=maybe(TIME),
)


def _reviews(person: User) -> Iterator[dict[str, Any]]:
    mine = Q(track__owner=person)
    visible = Track.objects.visible_to(person).filter(pk=OuterRef("track"))
    policies = ReviewPolicy.objects.filter(mine).select_related("track").order_by("pk")
    for policy in policies.iterator():
        yield _review("policy", policy.track, person) | {"who": policy.who}
    for kind, model in (("reviewer", Reviewer), ("approver", Approver)):
        rows: Any = model.objects.filter(mine | Q(user=person)).annotate(opens=Exists(visible))
        for row in rows.select_related("track", "user").order_by("pk").iterator():
            words = {"person": row.user.handle, "created_at": moment(row.created_at)}
            yield _review(kind, row.track, person, opens=row.opens) | words


def _review(kind: str, track: Track, person: User, *, opens: bool = True) -> dict[str, Any]:
    return {
        "kind": kind,
        "track": str(track.pk),
        "track_title": track.title if opens else "",
        "own_track": track.owner_id == person.pk,
        "person": "",
        "who": "",
        "created_at": None,
    }


def _links(person: User) -> Iterator[dict[str, Any]]:
    guests = Prefetch("guests", ReviewGuest.objects.order_by("pk"))
    links = ReviewLink.objects.filter(track__owner=person).prefetch_related(guests)
    for link in links.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield {
            "id": str(link.pk),
            "track": str(link.track_id),
            "recipient": link.recipient,
            "has_password": bool(link.password),
            "may_comment": link.may_comment,
            "plays": link.plays,
            "guests": [_guest(guest) for guest in link.guests.all()],
            "created_at": moment(link.created_at),
            "expires_at": moment(link.expires_at),
            "revoked_at": moment(link.revoked_at),
            "last_played_at": moment(link.last_played_at),
        }


def _guest(guest: ReviewGuest) -> dict[str, Any]:
    return {
        "name": guest.name,
        "created_at": moment(guest.created_at),
        "removed_at": moment(guest.removed_at),
    }


def register_all() -> None:
    """Say what goes along of reviews."""
    add = register_section
    add(
        Section(
            "reviews", "Who reviews and signs off your tracks, and whose you do.", REVIEW, _reviews
        )
    )
    sentence = "Review links you have made: without their keys and passwords."
    add(Section("review_links", sentence, LINK, _links))
