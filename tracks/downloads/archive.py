"""Whom somebody lets keep their music, and what they took themselves, in their archive."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from config.lib.archive import BYTES, ID, TIME, YES_OR_NO, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Download, DownloadGrant, Given, ListedListener, Release, Track

LISTENER = row(
    "Somebody on your list of listeners, or an artist whose list you are on",
    owner=text(80),
    person=text(80),
    note=text(200),
    added_at=TIME,
)
GRANT = row(
    "Leave to keep a track or a release, given or got; what is empty means all of it",
    id=ID,
    track=maybe(ID),
    release=maybe(ID),
    person=text(80),
    what=one_of("", *Given.values),
    granted_at=TIME,
    expires_at=maybe(TIME),
    revoked_at=maybe(TIME),
)
DOWNLOAD = row(
    "Something you have downloaded",
    id=ID,
    track=maybe(ID),
    release=maybe(ID),
    title=text(200),
    artist=text(80),
    what=one_of(*Given.values),
    size_bytes=BYTES,
    at=TIME,
)


OPENED = row(
    "To whom a track or a release of yours is open to be kept",
    id=ID,
    audiences={"type": "object", "additionalProperties": {"type": "string"}},
    lossless_listed=YES_OR_NO,
)


def _opened(person: Person) -> Iterator[dict[str, Any]]:
    for track in Track.objects.filter(owner=person).order_by("pk").iterator():
        audiences = {what: getattr(track, f"gives_{what}") for what in Given.values}
        yield _line(track, audiences, listed=track.opens_lossless_listed)
    releases: Any = Release.objects.filter(owner=person).order_by("pk")
    for release in releases.iterator():
        yield _line(release, {"release": release.download}, listed=False)


def _line(thing: Track | Release, audiences: dict[str, str], *, listed: bool) -> dict[str, Any]:
    return {"id": str(thing.pk), "audiences": audiences, "lossless_listed": listed}


def _listeners(person: Person) -> Iterator[dict[str, Any]]:
    rows = ListedListener.objects.filter(Q(owner=person) | Q(person=person)).order_by("pk")
    for listener in rows.select_related("owner", "person").iterator():
        yield {
            "owner": listener.owner.handle,
            "person": listener.person.handle,
            # What an artist notes of somebody is the artist's.
            "note": listener.note if listener.owner_id == person.pk else "",
            "added_at": moment(listener.added_at),
        }


def _grants(person: Person) -> Iterator[dict[str, Any]]:
    own = Q(track__owner=person) | Q(release__owner=person)
    rows = DownloadGrant.objects.filter(own | Q(person=person)).order_by("pk")
    for grant in rows.select_related("person").iterator():
        yield _of(grant) | {
            "person": grant.person.handle,
            "what": grant.what,
            "granted_at": moment(grant.granted_at),
            "expires_at": moment(grant.expires_at),
            "revoked_at": moment(grant.revoked_at),
        }


def _downloads(person: Person) -> Iterator[dict[str, Any]]:
    rows = Download.objects.filter(user=person).select_related("owner").order_by("pk")
    for download in rows.iterator():
        yield _of(download) | {
            "title": download.title,
            "artist": download.owner.name,
            "what": download.what,
            "size_bytes": download.size_bytes,
            "at": moment(download.at),
        }


def _of(found: Any) -> dict[str, Any]:
    """Return what a row is about, by their ids."""
    return {
        "id": str(found.pk),
        "track": found.track_id and str(found.track_id),
        "release": found.release_id and str(found.release_id),
    }


def register_all() -> None:
    """Say what goes along of giving away."""
    listed = "Your list of listeners, and whose lists you are on."
    granted = "Whom you let keep your music, and what others let you keep."
    opened = "To whom your music is open to be kept."
    register_section(Section("opened", opened, OPENED, _opened))
    register_section(Section("listeners", listed, LISTENER, _listeners))
    register_section(Section("download_grants", granted, GRANT, _grants))
    register_section(Section("downloads", "What you have downloaded.", DOWNLOAD, _downloads))
