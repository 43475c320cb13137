"""What the page of a track is given."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from django.utils.text import Truncator

from config.lib.markdown import to_html
from config.lib.moments import with_moments
from media_pipeline.delivery import media_url
from tracks import codes, moments
from tracks.addresses import address_by_key
from tracks.catalogue import selectors
from tracks.catalogue.rules import LABELS
from tracks.credited import told
from tracks.downloads.presenters import offers_of_track
from tracks.hidden_words import shown
from tracks.languages import name_of
from tracks.lyrics.presenters import lyrics_of
from tracks.models import Track, TrackVersion
from tracks.models.described import Licence
from tracks.models.pictures import picture_of
from tracks.music_facts import presenters as music_facts
from tracks.player import (
    facts_of,
    may_hear_lossless,
    player_data,
    shown_of,
    waveform_of,
)
from tracks.processing import selectors as processing
from tracks.stems.presenters import names_of
from tracks.versions import selectors as versions

Viewer = AbstractBaseUser | AnonymousUser
LONGEST_SHOWN = 400  # characters of a field in its history


def track_page(track: Track, viewer: Viewer, *, key: str = "", number: str = "") -> dict[str, Any]:
    """Return the context of a track's own page; the track must come from `for_page()`.

    `key` is what opened it to whoever has no right of their own: pages and sockets hand it on.
    `number` asks for another version than the primary one (`?v=2`): Http404 where there is none
    that this person may hear. `is_review` shows the face for whoever works on it, to the owner
    unless the view says otherwise.
    """
    version = _asked_for(track, viewer, number)
    can_edit = viewer.is_authenticated and viewer.pk == track.owner_id
    credits = told(track)
    context: dict[str, Any] = {
        "track": track,
        "artists": credits.artists,
        "credits": credits.roles,
        "music": music_facts.shown(track),
        "tags": [row for row in track.tags_data if row["state"] == "accepted"],
        "suggested_tags": [row for row in track.tags_data if row["state"] == "suggested"]
        if can_edit
        else [],
        "key": key,
        "version": version,
        "can_edit": can_edit,
        "as_listener": False,
        "as_guest": False,
        "is_review": can_edit,
        "description_html": with_moments(to_html(shown(track.description_md, track, viewer))),
        "said": said_of(track),
        "lyrics": lyrics_of(track, viewer),
        "spectrum_url": "",
        "player": None,
        "facts": None,
        "job": None,
        "versions": [],
        "offers": [],
    } | (hour_of(track) if can_edit else {})
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
        "spectrum_url": _spectrum(version),
        # What is ready has nothing more to tell of its job.
        "job": None if version.media.asset.ready_at else processing.main_job(version),
        "versions": listed,
        "versions_data": [_data(each, key, overview=False, lossless=lossless) for each in offered],
        "version_note": to_html(version.note_md),
        "stems": stems,
        "offers": offers_of_track(track, version, viewer, key=key, stems=len(stems)),
    }


def hour_of(track: Track) -> dict[str, Any]:
    """Return the hour that is to come, on the clocks of the artist's place; `left` is None else."""
    left = track.release_at - timezone.now() if track.release_at else None
    coming = track.visibility == Track.Visibility.PUBLIC and left and left > timedelta(0)
    return {
        "left": left if coming else None,
        "there": moments.there(track.release_at, track.time_zone),
        "chosen_zone": track.time_zone or "UTC",
    }


def publish_page(track: Track) -> dict[str, Any]:
    """Return the context of the page on which its owner says when it comes out."""
    opens_with = track.release_items.filter(opens_with=True, release__published_at=None)
    opens_with = opens_with.filter(release__deleted_at=None).select_related("release")
    return hour_of(track) | {
        "track": track,
        "zones": moments.zones(),
        "opens_with": [item.release for item in opens_with],
    }


def said_of(track: Track) -> dict[str, str]:
    """Return what Details tells of a track beside its figures, in words for people."""
    return {
        "language": name_of(track.language) if track.language else "",
        "licence": track.get_licence_display(),
        "deed": Licence(track.licence).deed,
        "isrc": codes.shown_isrc(track.isrc),
        "iswc": codes.shown_iswc(track.iswc),
    }


def history_page(track: Track, before: str) -> dict[str, Any]:
    """Return the context of the page that tells what was said before."""
    found = selectors.revisions(track, before)
    for row in found.rows:
        row.changes = [
            (LABELS[name], _in_words(name, row.before.get(name)), _in_words(name, word))
            for name, word in row.after.items()
            if name in LABELS
        ]
    return {"track": track, "revisions": found.rows, "next_url": found.next_url}


def _in_words(name: str, value: Any) -> str:
    """Return a field's value as a line for people, the beginning of what is long."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not value:
        return "nothing"
    if name == "language":
        return name_of(value)
    column: Any = Track._meta.get_field(name) if name != "lyrics" else None
    named = dict(column.flatchoices) if column and column.choices else {}
    return Truncator(str(named.get(value, value))).chars(LONGEST_SHOWN)


def _spectrum(version: TrackVersion) -> str:
    """Return the address of the small spectrum; empty until it was drawn."""
    if waveform_of(version) is None:
        return ""
    return media_url(version.media, "-", "spectrum.png", scope="img")


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
    if first is None or str(first.pk) == data["version_id"]:
        return {}
    if picture_of(track, first.media) is None:
        return {}
    return asdict(shown_of(track, first))
