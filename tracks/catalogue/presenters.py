"""What the page of a track is given."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from config.lib.markdown import to_html
from config.lib.moments import with_moments
from tracks.addresses import address_by_key
from tracks.downloads.presenters import offers_of_track
from tracks.models import Track, TrackVersion
from tracks.player import addresses, artwork_of, facts_of, may_hear_lossless, player_data
from tracks.processing import selectors as processing
from tracks.stems.presenters import names_of
from tracks.versions import selectors as versions

Viewer = AbstractBaseUser | AnonymousUser


def track_page(track: Track, viewer: Viewer, *, key: str = "", number: str = "") -> dict[str, Any]:
    """Return the context of a track's own page; the track must come from `for_page()`.

    `key` is what opened it to whoever has no right of their own: pages and sockets hand it on.
    `number` asks for another version than the primary one (`?v=2`): Http404 where there is none
    that this person may hear. `is_review` shows the face for whoever works on it, to the owner
    unless the view says otherwise.
    """
    version = _asked_for(track, viewer, number)
    can_edit = viewer.is_authenticated and viewer.pk == track.owner_id
    context: dict[str, Any] = {
        "track": track,
        "key": key,
        "version": version,
        "can_edit": can_edit,
        "as_listener": False,
        "as_guest": False,
        "is_review": can_edit,
        "description_html": with_moments(to_html(track.description_md)),
        "player": None,
        "facts": None,
        "job": None,
        "versions": [],
        "offers": [],
    }
    if version is None:
        return context
    version.track = track  # the one with its owner, so that nothing is asked for twice
    listed = _listed(track, version, viewer, can_edit=can_edit)
    lossless = may_hear_lossless(track, viewer)
    stems = names_of(version)
    offered = listed if len(listed) > 1 or can_edit else []  # a page of one version lists none
    return context | {
        "player": _data(version, key, lossless=lossless),
        "facts": facts_of(version),
        # What is ready has nothing more to tell of its job.
        "job": None if version.media.asset.ready_at else processing.main_job(version),
        "versions": listed,
        "versions_data": [_data(each, key, overview=False, lossless=lossless) for each in offered],
        "version_note": to_html(version.note_md),
        "stems": stems,
        "offers": offers_of_track(track, version, viewer, key=key, stems=len(stems)),
    }


def _asked_for(track: Track, viewer: Viewer, number: str) -> TrackVersion | None:
    primary = track.primary_version
    if not number or (primary and number == str(primary.number)):
        return primary
    version = versions.version_numbered(track, viewer, number, overview=True)
    if version is None:
        raise Http404
    return version


def _listed(
    track: Track, shown: TrackVersion, viewer: Viewer, *, can_edit: bool
) -> list[TrackVersion]:
    """Return the versions to choose from, in the order of their numbers."""
    if not getattr(track, "has_more", True):  # from `for_page()`: it spares a query of many joins
        return [shown]
    known = {row.pk: row for row in (track.primary_version, shown) if row}
    others = versions.choosable_versions(track, viewer, playable=not can_edit, but=known)
    for version in others:
        version.track = track
    return sorted([*known.values(), *others], key=lambda row: row.number)


def _data(
    version: TrackVersion, key: str, *, lossless: bool, overview: bool = True
) -> dict[str, Any]:
    data = player_data(version, overview=overview, lossless=lossless)
    return (
        data
        | _looks(version.track, data)
        | {
            "key": key,
            "url": address_by_key(version.track, key),
            "number": version.number,
            "label": version.label,
        }
    )


def _looks(track: Track, data: dict[str, Any]) -> dict[str, Any]:
    """Return the cover of a track for each of its versions: a new mix is the same piece."""
    first = track.primary_version
    artwork = artwork_of(first) if first and str(first.pk) != data["version_id"] else None
    if first is None or artwork is None:
        return {}
    urls = addresses(first)
    return {"cover": urls.cover, "cover_thumb": urls.cover_thumb, "accent": artwork.accent}
