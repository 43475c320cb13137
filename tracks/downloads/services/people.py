"""Whom an artist lets keep more than others: the list of listeners, and grants."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.downloads.services.settings import set_audiences
from tracks.events import DOWNLOAD_GRANTED, LISTENER_LISTED
from tracks.models import Download, DownloadGrant, Given, ListedListener, Release, Track
from tracks.models.audience import Audience
from tracks.visibility.services.closing import draw_anew

MOST_LISTED, MOST_GRANTS = 5_000, 1_000
NOTE_MAX = 200


def person_called(handle: str, by: Person) -> Person:
    """Return the person with this handle, whom `by` may see. Raises Problem `no-such-person`."""
    people: Any = get_user_model()._default_manager
    name = handle.strip().removeprefix("@").lower()
    others = people.visible_to(by).exclude(handle="system")
    found = others.filter(handle=name).first() if name else None
    if found is None:
        raise Problem("no-such-person", f"There is nobody called “{handle.strip()}” here.")
    return found


@transaction.atomic
def list_listener(*, owner: Person, person: Person, note: str = "") -> ListedListener:
    """Put somebody on an artist's list; again only changes the note. They are told once.

    Raises Problem: `yourself`, `list-full`.
    """
    if owner.pk == person.pk:
        raise Problem("yourself", "Everything of yours is open to you already.")
    if ListedListener.objects.filter(owner=owner).count() >= MOST_LISTED:
        raise Problem("list-full", f"There are {MOST_LISTED} people on your list, the most.")
    words = {"note": one_line(note)[:NOTE_MAX]}
    row, made = ListedListener.objects.update_or_create(owner=owner, person=person, defaults=words)
    if made:
        tell(LISTENER_LISTED, of=row, by=owner.pk, audience=OWNER, owner=owner.pk)
    return row


@transaction.atomic
def unlist_listener(*, listener: ListedListener, by: Person) -> None:
    """Take somebody off one's own list: what it opened to them, ends. Raises Problem."""
    _require(listener.owner_id == by.pk)
    listener.delete()
    _end_downloads(person=listener.person_id, owner=listener.owner_id)


@transaction.atomic
def grant(
    *,
    thing: Track | Release,
    person: Person,
    by: Person,
    what: str = "",
    expires_at: datetime | None = None,
) -> DownloadGrant:
    """Let one person keep this of a track or release, or all of it; they are told.

    A grant that is there already only gets the new end; what is named and open to nobody is open to
    people it is granted to from now on. Raises Problem: `not-owner`, `yourself`,
    `list-full`, `in-the-past`.
    """
    _require(thing.owner_id == by.pk)
    if person.pk == by.pk:
        raise Problem("yourself", "Everything of yours is open to you already.")
    if expires_at and expires_at <= timezone.now():
        raise Problem("in-the-past", "Choose an end that is still to come.")
    if what and (what not in Given.values or (isinstance(thing, Release) and what == "stems")):
        raise Problem("unknown-audience", "Choose one of the things that there are.")
    if thing.download_grants.valid().count() >= MOST_GRANTS:
        raise Problem("list-full", f"There are {MOST_GRANTS} grants of it, which is the most.")
    column = "release" if isinstance(thing, Release) else "track"
    known: dict[str, Any] = {column: thing, "person": person, "what": what, "revoked_at": None}
    defaults = {"granted_by": by, "expires_at": expires_at}
    try:
        with transaction.atomic():
            row, made = DownloadGrant.objects.update_or_create(**known, defaults=defaults)
    except IntegrityError as error:  # at the same moment, twice
        raise Problem("busy", "This was granted this moment.", status=409) from error
    _open(thing, what, by)
    if made:
        tell(DOWNLOAD_GRANTED, of=row, by=by.pk, audience=OWNER, owner=thing.owner_id)
    if isinstance(thing, Track):
        draw_anew([thing.pk])
    return row


@transaction.atomic
def revoke(*, row: DownloadGrant, by: Person) -> None:
    """Take a grant back: what is being fetched by it, ends. Raises Problem `not-owner`."""
    thing = row.track or row.release
    _require(thing is not None and thing.owner_id == by.pk)
    DownloadGrant.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=Now())
    _end_downloads(person=row.person_id, owner=by.pk)


def _open(thing: Track | Release, what: str, by: Person) -> None:
    """Open what was open to nobody, where it is named: or the grant would give nothing."""
    column = "download" if isinstance(thing, Release) else f"gives_{what}"
    if getattr(thing, column, "") == Audience.NOBODY:
        set_audiences(thing=thing, by=by, audiences={column: Audience.GRANTED})


def _end_downloads(*, person: Any, owner: Any) -> None:
    """End the addresses of what somebody is fetching of an artist's; what is still open to them
    they ask for anew."""
    rows = Download.objects.filter(user_id=person, owner_id=owner, ended_at=None)
    rows.update(ended_at=Now())


def _require(is_owner: bool) -> None:
    if not is_owner:
        raise Problem("not-owner", "Only its artist decides this.", status=403)
