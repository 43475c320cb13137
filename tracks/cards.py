"""What one track looks like in a list."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, F, Func, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from config.lib import page_cache
from config.lib.paging import Micros
from config.lib.prepared import Prepared
from config.lib.urls import address_of
from media_pipeline.delivery import Signable, expiry_for, media_url
from media_pipeline.models import Media
from tracks.models import Track
from tracks.models.columns import PICTURED
from tracks.models.on_releases import release_cover
from tracks.models.pictures import ListedMedia, Picture, of_release, picture_of


@dataclass(frozen=True, slots=True)
class Card:
    """The figures and pictures of a track in a list; the addresses of pictures are signed."""

    cover_thumb_url: str
    duration_ms: int | None
    playable: bool
    accent: str
    media: Signable | None = None

    @property
    def cover_url(self) -> str:
        """The large cover, signed only where a page shows it."""
        return _picture(self.media, "cover.jpg") if self.media and self.cover_thumb_url else ""


BLANK = Card(cover_thumb_url="", duration_ms=None, playable=False, accent="")


@dataclass(frozen=True, slots=True)
class ListedOwner:
    """Whose track it is."""

    pk: UUID
    handle: str
    name: str
    verified: str = ""

    def get_absolute_url(self) -> str:
        """Return their page."""
        return address_of("profile", self.handle)


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: what is drawn of it is kept by it
class ListedTrack:
    """A track as its card tells of it, instead of rows of seven tables."""

    pk: UUID
    slug: str
    token: str
    title: str
    visibility: str
    artist: str
    owner: ListedOwner
    primary_version_id: UUID | None
    card: Card

    def get_absolute_url(self) -> str:
        """Return the one address to pass on, as a Track does."""
        if self.visibility == Track.Visibility.UNLISTED:
            return address_of("track-unlisted", self.token)
        return address_of("track-detail", self.slug)


# Each with the moment of its publication, in µs since 1970: the list's order.
Pairs = list[tuple[int, ListedTrack]]

_ASSET = "primary_version__media__asset"
_COLUMNS = (
    *("pk", "slug", "token", "title", "visibility", "artist_credit", "primary_version_id"),
    *("owner_id", "owner__handle", "owner__display_name", "verified"),
    *("primary_version__media_id", "primary_version__media__epoch", "playable"),
    f"{_ASSET}__facts__duration_ms",
    *(f"{_ASSET}__artwork__{name}" for name in PICTURED),
    *("cover_id", "cover__epoch", "cover_accent", "release_cover"),
)
_MICROS = Micros("published_at")
KEPT = 2048  # some 1 KB each


class _Among(Func):
    """Whether a track's key is in an array: its index finds it, however many tables are joined.

    `IN (SELECT …)` would be one more table to join; beyond the first few (`join_collapse_limit`)
    PostgreSQL joins them as they are written, and reads every one whole.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def _dressed(keys: Any) -> Any:
    tracks = Track.objects.filter(_Among(F("pk"), keys))
    playable = Q(**{f"{_ASSET}__playable_at__isnull": False})
    verified = Case(
        When(owner__verified_until__gt=Now(), then=F("owner__verified_as")), default=Value("")
    )
    beside = {
        "playable": playable,
        "release_cover": release_cover(asset=_ASSET),
        "verified": verified,
    }
    return tracks.annotate(**beside).values_list(_MICROS, *_COLUMNS)


def these(keys: Any) -> Any:
    """Return the query of what cards tell of the tracks of these keys."""
    return _dressed(RawSQL("%s::uuid[]", [keys]))


_THESE: Prepared[Any] = Prepared(these, keys=[UUID(int=1)])


def dressed_by(keys: Any) -> Any:
    """Return the query of what cards tell of the tracks of a query of keys, newest first."""
    return _dressed(ArraySubquery(keys)).order_by("-published_at", "-pk")


def listed_by(keys: Callable[[], Any], *, rules: Callable[[], Hashable]) -> Callable[[], Pairs]:
    """Return what asks for the tracks of a query of keys, in one query that is prepared."""
    prepared: Prepared[Any] = Prepared(lambda: dressed_by(keys()), rules=rules)
    return lambda: _pairs(prepared.ask())


def listed(keys: list[UUID]) -> Pairs:
    """Return these tracks as a list shows them, in this order, in one query.

    The caller has chosen them through what the visitor may open; what is gone since is left out.
    """
    rows = {row[1]: row for row in _THESE.ask(keys=keys)} if keys else {}
    return _pairs(rows[key] for key in keys if key in rows)


def _pairs(rows: Iterable[tuple[Any, ...]]) -> Pairs:
    step = expiry_for(scope="img"), settings.SECRET_KEY
    pairs = []
    for micros, *row in rows:
        track = _listed(step, *row)
        page_cache.shows(f"track:{track.pk}", f"person:{track.owner.pk}")
        pairs.append((micros, track))
    return pairs


@lru_cache(KEPT)  # the same pieces stand in many lists, and are made of nothing but this
def _listed(
    _step: tuple[int, str],
    pk: UUID,
    slug: str,
    token: str,
    title: str,
    visibility: str,
    artists: str,
    version: UUID | None,
    owner: UUID,
    handle: str,
    name: str,
    verified: str,
    media: UUID | None,
    epoch: int,
    playable: bool,
    duration_ms: int | None,
    accent: str | None,
    origin: str | None,
    cover: UUID | None,
    cover_epoch: int,
    cover_accent: str,
    on_release: str,
) -> ListedTrack:
    shown = Picture(ListedMedia(media, epoch), accent or "") if media and origin else None
    if cover:
        shown = Picture(ListedMedia(cover, cover_epoch), cover_accent)
    card = _card(of_release(on_release) or shown, duration_ms=duration_ms, playable=playable)
    person = ListedOwner(owner, handle, name or handle, verified)
    artist = artists or person.name
    return ListedTrack(pk, slug, token, title, visibility, artist, person, version, card)


def with_cards(tracks: Iterable[Track]) -> list[Track]:
    """Give each track its `card`. The tracks must come from `for_card()`: no query is made."""
    listed = list(tracks)
    for track in listed:
        page_cache.shows(f"track:{track.pk}", f"person:{track.owner_id}")
        version = track.primary_version
        track.card = card_of(version.media, track) if version else BLANK
    return listed


def card_of(media: Media, track: Track) -> Card:
    """Return the card of one media of a track; what is not there yet is empty."""
    asset = media.asset
    facts = getattr(asset, "facts", None)
    length = facts.duration_ms if facts else None
    return _card(picture_of(track, media), duration_ms=length, playable=asset.playable)


def _card(picture: Picture | None, *, duration_ms: int | None, playable: bool) -> Card:
    if picture is None:
        return replace(BLANK, duration_ms=duration_ms, playable=playable)
    thumb = _picture(picture.media, "cover-thumb.jpg")
    return Card(thumb, duration_ms, playable, picture.accent, picture.media)


def face_of(row: Any, card: Card | None) -> Card | None:
    """Return the face of a release or a playlist: its own cover's, else this card, if any.

    Its `cover` must be there: no query is made.
    """
    if row.cover is None:
        return card
    thumb = _picture(row.cover, "cover-thumb.jpg")
    return replace(card or BLANK, media=row.cover, cover_thumb_url=thumb, accent=row.cover_accent)


def _picture(media: Signable, name: str) -> str:
    return media_url(media, "-", name, scope="img")
