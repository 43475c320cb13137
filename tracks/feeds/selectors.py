"""Finding what is in a feed: as a visitor sees it, keys first, whoever asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.lib.paging import EPOCH, moment_cursor, read_moment_cursor, read_number_cursor
from media_pipeline.models import Rendition
from tracks import access, hidden_words
from tracks.collections import selectors as collecting
from tracks.credits.selectors import name_of
from tracks.findable import findable
from tracks.models import Credit, Playlist, PlaylistItem, Release, ReleaseTrack, Track, TrackTag
from tracks.models.credit import credits_beside
from tracks.models.tag import tags_beside
from tracks.tags.selectors import tag_named

SIZE = 50
NOBODY = AnonymousUser()
Rows = list[tuple[UUID, Any]]


@dataclass(frozen=True)
class Found:
    """The tracks of one page of a feed, each with its `moment` there, and the cursor behind it."""

    tracks: list[Track]
    next_cursor: str


def thing_of(kind: str, slug: str) -> Any:
    """Return what a feed is of, None for the site. Raises Http404 for what a visitor cannot open.

    Of a tag that is merged into another it is that one.
    """
    match kind:
        case "site":
            return None
        case "person":
            people: Any = get_user_model()._default_manager
            return get_object_or_404(people.filter(access.visible_people(NOBODY)), handle=slug)
        case "artist":
            return name_of(slug, NOBODY)
        case "tag":
            return _tag(slug)
    opened = Release.objects if kind == "release" else Playlist.objects
    rows = opened.visible_to(NOBODY).filter(visibility="public").select_related("owner", "cover")
    return get_object_or_404(rows, slug=slug)


def found_in(kind: str, thing: Any, before: str) -> Found:
    """Return a page of up to 50 tracks. Two queries, three for a smart playlist.

    Newest first; of a release in its order, of a playlist by when they came into it. Raises
    Http404 for a cursor that is none.
    """
    if kind == "release":
        return _of_release(thing, before)
    if kind == "playlist" and not thing.is_smart:
        return _of_playlist(thing, before)
    rows = _published(kind, thing).annotate(moment=F("published_at"))
    return _by_moment(rows.order_by("-published_at", "-pk"), "published_at", before)


def track_of(key: UUID) -> Track:
    """Return a track that everybody may hear, with all a feed tells of it. Raises Http404."""
    return get_object_or_404(_told(), pk=key)


def _tag(slug: str) -> Any:
    found = tag_named(slug)
    found = found.merged_into or found
    named = TrackTag.objects.filter(tag=found, state=TrackTag.State.ACCEPTED)
    published = findable(Track.objects.visible_to(NOBODY)).published().order_by()
    if not published.filter(pk__in=named.values("track")).exists():
        raise Http404
    return found


def _published(kind: str, thing: Any) -> QuerySet[Track]:
    """Return the published tracks of a site, person, name, tag or smart playlist."""
    rows = Track.objects.visible_to(NOBODY).published()
    match kind:
        case "person":
            return rows.filter(owner=thing)
        case "artist":
            return rows.filter(pk__in=Credit.objects.filter(name=thing).values("track"))
        case "tag":
            named = TrackTag.objects.filter(tag=thing, state=TrackTag.State.ACCEPTED)
            return findable(rows).filter(pk__in=named.values("track"))
        case "playlist":
            return rows.filter(pk__in=collecting.chosen(thing, NOBODY))
    return findable(rows)


def _of_playlist(playlist: Playlist, before: str) -> Found:
    """A track that stands there twice is there from when it came last."""
    places = PlaylistItem.objects.filter(playlist=playlist, track=OuterRef("pk")).order_by()
    came = places.values("track").annotate(came=Max("added_at")).values("came")
    inside = PlaylistItem.objects.filter(playlist=playlist).values("track")
    rows = Track.objects.visible_to(NOBODY).filter(pk__in=inside)
    rows = rows.annotate(moment=Subquery(came)).order_by("-moment", "-pk")
    return _by_moment(rows, "moment", before)


def _by_moment(rows: QuerySet[Any], column: str, before: str) -> Found:
    if before:
        moment, key = read_moment_cursor(before)
        # Written so that the index of the order can be walked from this place on.
        rows = rows.filter(Q(**{f"{column}__lte": moment}))
        rows = rows.filter(Q(**{f"{column}__lt": moment}) | Q(pk__lt=key))
    found: Rows = list(rows.values_list("pk", "moment")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    cursor = moment_cursor(_micros(found[-1][1]), found[-1][0]) if more else ""
    return Found(_in_order(dict(found)), cursor)


def _of_release(release: Release, before: str) -> Found:
    items = ReleaseTrack.objects.filter(
        release=release, track__in=Track.objects.visible_to(NOBODY)
    ).order_by("position")
    if before:
        items = items.filter(position__gt=read_number_cursor(before))
    moment = Coalesce("track__published_at", "track__created_at")
    rows = list(items.values_list("track_id", moment, "position", "disc")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    tracks = _in_order({row[0]: row[1] for row in rows})
    places: dict[UUID, Any] = {row[0]: row for row in rows}
    for track in tracks:
        track.place, track.disc = places[track.pk][2:]  # type: ignore[attr-defined]
    return Found(tracks, str(rows[-1][2]) if more else "")


def _in_order(moments: dict[UUID, datetime]) -> list[Track]:
    """Return these tracks in this order. What was closed since is left out."""
    found = {track.pk: track for track in _told().filter(pk__in=moments)}
    for key, track in found.items():
        track.moment = moments[key]  # type: ignore[attr-defined]
    return [found[key] for key in moments if key in found]


def _told() -> QuerySet[Track]:
    """Return the tracks that everybody may hear, with what a feed tells of them, in one query."""
    asset = "primary_version__media__asset"
    beside: dict[str, Any] = {
        "credits_data": credits_beside(track=OuterRef("pk")),
        "tags_data": tags_beside(OuterRef("pk")),
    }
    mp3 = Rendition.objects.filter(
        asset=OuterRef(f"{asset}__pk"), format=Rendition.Format.MP3_320, status="ready"
    )
    return (
        Track.objects.visible_to(NOBODY)
        .select_related("owner", "cover", f"{asset}__facts", f"{asset}__artwork")
        .only(
            *("slug", "token", "title", "description_md", "visibility", "artist_credit"),
            *("published_at", "created_at", "updated_at", "is_explicit", "licence", "isrc"),
            *("cover__epoch", "cover_accent", "owner__handle", "owner__display_name"),
            *("primary_version__media__epoch", f"{asset}__attempt", f"{asset}__playable_at"),
            *(f"{asset}__facts__duration_ms", f"{asset}__artwork__accent"),
        )
        .annotate(
            mp3_bytes=Subquery(mp3.values("size_bytes")),
            mp3_attempt=Subquery(mp3.values("attempt")),
            **beside,
            **hidden_words.told(),
        )
    )


def _micros(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
