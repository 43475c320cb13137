"""Somebody's releases and playlists, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from config.lib import archive
from config.lib.archive import COUNT, ID, TIME, YES_OR_NO, many, maybe, moment, text
from config.lib.kept import Section, register_section
from tracks import dates
from tracks.access import Person
from tracks.models import Playlist, PlaylistCollaborator, PlaylistItem, Release, ReleaseTrack, Track
from tracks.models.audience import Audience
from tracks.models.described import Licence

SAID = ("artist_credit", "catalogue_number", "upc", "licence", "notes_md", "time_zone", "download")
AT_ONCE = 200  # lists whose entries are read together
LIST = {
    "id": ID,
    "slug": text(90),
    "former_slugs": many(text(90)),
    "title": text(200),
    "description_md": text(20_000),
    "visibility": archive.one_of(*Release.Visibility.values),
    "created_at": TIME,
    "updated_at": TIME,
    "deleted_at": maybe(TIME),
}
PART_OF_DATE = {"type": "string", "pattern": dates.PATTERN}
RELEASE = archive.grown(
    archive.row(
        "A release: its tracks in order",
        **LIST,
        kind=archive.one_of(*Release.Kind.values),
        released_on=maybe(PART_OF_DATE),
        tracks=many(ID),
    ),
    discs=many(COUNT | {"description": "Of each track, in the same order"}),
    artist_credit=text(400),
    label=text(120),
    catalogue_number=text(60),
    upc=text(13),
    licence=archive.one_of(*Licence.values),
    notes_md=text(50_000),
    release_at=maybe(TIME),
    time_zone=text(60),
    published_at=maybe(TIME),
    download=archive.one_of(*Audience.values),
)
ITEM = archive.thing(
    id=ID,
    track=maybe(ID),
    title=text(200),
    artist=text(400),
    own=YES_OR_NO,
    position=COUNT,
    added_at=TIME,
    added_by=maybe(text(30)),
)
PERSON = archive.thing(handle=text(30), invited_at=TIME, accepted_at=maybe(TIME))
RULES = {
    "type": ["object", "null"],
    "description": "What says what stands in a smart playlist; null where people put it there.",
}
PLAYLIST = archive.row(
    "A playlist; what you may not open any more has neither track nor title",
    **LIST,
    rules=RULES,
    all_take_out=YES_OR_NO,
    collaborators=many(PERSON),
    items=many(ITEM),
)


def _releases(person: Person) -> Iterator[dict[str, Any]]:
    places = Prefetch("items", ReleaseTrack.objects.order_by("position"))
    for release in _lists(Release, person, places):
        yield _words(release) | {
            "kind": release.kind,
            "released_on": release.released_on or None,
            "tracks": [str(place.track_id) for place in release.items.all()],
            "discs": [place.disc for place in release.items.all()],
            "label": release.label.name if release.label else "",
            "release_at": moment(release.release_at),
            "published_at": moment(release.published_at),
            **{name: getattr(release, name) for name in SAID},
        }


def _playlists(person: Person) -> Iterator[dict[str, Any]]:
    visible = Track.objects.visible_to(person).filter(pk=OuterRef("track"))
    items = PlaylistItem.objects.annotate(opens=Exists(visible)).order_by("position")
    entries = items.select_related("track__owner", "added_by")
    people = PlaylistCollaborator.objects.select_related("person").order_by("pk")
    beside = (Prefetch("items", entries), Prefetch("collaborators", people))
    for playlist in _lists(Playlist, person, *beside):
        yield _words(playlist) | {
            "rules": playlist.rules,
            "all_take_out": playlist.all_take_out,
            "collaborators": [_collaborator(row) for row in playlist.collaborators.all()],
            "items": [_item(item, person) for item in playlist.items.all()],
        }


def _collaborator(row: Any) -> dict[str, Any]:
    return {
        "handle": row.person.handle,
        "invited_at": moment(row.invited_at),
        "accepted_at": moment(row.accepted_at),
    }


def _lists(model: Any, person: Person, *beside: Any) -> Iterator[Any]:
    rows = model.everything.filter(owner=person).prefetch_related(*beside, "former_slugs")
    rows = rows.order_by("pk")
    if model is Release:
        rows = rows.select_related("label")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _words(found: Any) -> dict[str, Any]:
    return {
        "id": str(found.pk),
        "slug": found.slug,
        "former_slugs": sorted(former.slug for former in found.former_slugs.all()),
        "title": found.title,
        "description_md": found.description_md,
        "visibility": found.visibility,
        "created_at": moment(found.created_at),
        "updated_at": moment(found.updated_at),
        "deleted_at": moment(found.deleted_at),
    }


def _item(item: Any, person: Person) -> dict[str, Any]:
    track = item.track if item.opens else None
    return {
        "id": str(item.pk),
        "track": str(track.pk) if track else None,
        "title": track.title if track else "",
        "artist": track.artist if track else "",
        "own": item.track.owner_id == person.pk,
        "position": item.position,
        "added_at": moment(item.added_at),
        "added_by": item.added_by.handle if item.added_by else None,
    }


def register_all() -> None:
    """Say what goes along of releases and playlists."""
    add, of_lists = register_section, "Your playlists, and what is in them."
    add(Section("releases", "Your releases, with their tracks in order.", RELEASE, _releases))
    add(Section("playlists", of_lists, PLAYLIST, _playlists))
