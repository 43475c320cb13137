"""Finding what somebody has uploaded."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from config.lib.paging import (
    Page,
    page,
    read_id_cursor,
)
from media_pipeline.models import Upload
from tracks.access import Person
from tracks.bulk import MOST
from tracks.cards import card_of
from tracks.counters import sentences_of
from tracks.models import Track, TrackVersion
from tracks.processing.selectors import MAIN_JOBS


def own_versions(owner: Person, before: str = "") -> Page[TrackVersion]:
    """Return a page of everything this person has uploaded, newest first.

    Each version carries its main `job`, its track's `card` and `figures` about it in words.
    """
    versions = (
        TrackVersion.objects.of_owner(owner)
        .select_related("track__cover", "media__asset__facts", "media__asset__artwork")
        .defer("track__description_md", "media__asset__facts__loudness_curve")
        .with_release_cover()
        .prefetch_related(MAIN_JOBS)
        .order_by("-id")
    )
    if before:
        versions = versions.filter(pk__lt=read_id_cursor(before))
    found = page(versions, lambda version: version.pk.hex)
    figures = sentences_of({version.track_id for version in found.rows})
    for version in found.rows:
        version.figures = figures.get(version.track_id, [])
        asset: Any = version.media.asset  # `main_jobs` comes from the prefetch
        version.job = next(iter(asset.main_jobs), None)
        version.track.release_cover = version.release_cover
        version.track.card = card_of(version.media, version.track)
    return found


def chosen(owner: Person, keys: Iterable[str], *, everything: bool = False) -> list[Track]:
    """Return up to 500 of this person's own tracks, by their keys or all; newest first."""
    rows = Track.objects.filter(owner=owner).order_by("-pk")
    if everything:
        return list(rows[:MOST])
    found = set()
    for key in list(dict.fromkeys(keys))[:MOST]:
        with suppress(ValueError):
            found.add(UUID(key))
    return list(rows.filter(pk__in=found))


def open_uploads(owner: Person) -> list[Upload]:
    """Return the uploads that were begun and not finished, newest first."""
    live = [Upload.State.OPEN, Upload.State.COMPLETING]
    return list(Upload.objects.filter(owner=owner, state__in=live).order_by("-id")[:20])
