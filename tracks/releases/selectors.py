"""Finding releases, for whoever looks, and what their owner makes of them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from config.lib.paging import Page, page, read_id_cursor
from tracks.access import Person, User
from tracks.findable import findable
from tracks.models import Release, ReleaseTrack, Track
from tracks.releases.fates import Fates, Piece, fates

FOUND_MOST = 20  # pieces that a search for what to add shows


def announced(slug: str, viewer: User) -> tuple[Release, timedelta] | None:
    """Return the release of this name whose hour is to come, and how long that is; None else.

    By the clock of the database, in one query.
    """
    rows = Release.objects.announced(viewer).filter(slug=slug).annotate(now=Now())
    found: Any = rows.select_related("owner", "cover", "label").first()
    return (found, found.release_at - found.now) if found else None


def remaining(release: Release) -> timedelta | None:
    """Return how long its hour is away by the clock of the database; None where it has none."""
    if release.release_at is None or release.visibility != Release.Visibility.PUBLIC:
        return None
    now: datetime = Release.everything.filter(pk=release.pk).values_list(Now(), flat=True)[0]
    left = release.release_at - now
    return left if left > timedelta(0) else None


def own(owner: Person) -> QuerySet[Any]:
    """Return everything of this person, with what pages of the owner read."""
    rows: QuerySet[Any] = Release.objects.filter(owner=owner)
    return rows.select_related("owner", "label", "cover__asset")


def listed(viewer: User, *, mine: bool, before: str = "") -> Page[Any]:
    """Return a page of releases, newest first: one's own, or those everybody may find."""
    rows = Release.objects.visible_to(viewer)
    rows = rows.filter(owner=viewer) if mine else findable(rows).filter(visibility="public")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    found = rows.select_related("owner", "label", "cover").order_by("-pk")
    return page(found, lambda row: row.pk.hex)


def addable(release: Release, text: str) -> list[Track]:
    """Return pieces of its owner that are not on it, newest first; those matching, if words are."""
    tracks = Track.objects.filter(owner_id=release.owner_id).exclude(release_items__release=release)
    if text.strip():
        tracks = tracks.matching(text)
    return list(tracks.for_card().order_by("-pk")[:FOUND_MOST])


def fates_of(release: Release) -> Fates:
    """Return what becomes of its pieces when everybody may open it; one query."""
    rows = release.items.filter(track__deleted_at=None).order_by("position").annotate(now=Now())
    words = ("track_id", "track__title", "track__visibility", "track__release_at", "now")
    return fates(
        Piece(pk, title, visibility, bool(hour and hour > now), opens_with)
        for pk, title, visibility, hour, now, opens_with in rows.values_list(*words, "opens_with")
    )


def opened_with(release: Release) -> list[ReleaseTrack]:
    """Return the places whose pieces the release has opened, in order."""
    rows = release.items.filter(opens_with=True).select_related("track")
    return list(rows.order_by("position"))
