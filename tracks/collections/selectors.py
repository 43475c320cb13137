"""Finding releases and playlists, and what is in them for whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Min, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from config.lib.paging import Page, page, read_id_cursor
from tracks.access import Person, User
from tracks.cards import face_of, with_cards
from tracks.criteria import language
from tracks.criteria.selectors import firsts_of, in_order, keys_of
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack, Track
from tracks.models.collaborator import those_beside
from tracks.models.collecting import CollectionQuerySet
from tracks.models.track import TrackQuerySet

Collection = Release | Playlist
Item = ReleaseTrack | PlaylistItem
MODELS: dict[str, type[Release] | type[Playlist]] = {"release": Release, "playlist": Playlist}
SHOWN_AT_ONCE = 100
MOSAIC = 4  # covers that stand for a playlist without one of its own
LENGTH_OF_TRACK = "primary_version__media__asset__facts__duration_ms"
LENGTH = f"track__{LENGTH_OF_TRACK}"


def kind_of(collection: Collection) -> str:
    """Return `release` or `playlist`."""
    return "release" if isinstance(collection, Release) else "playlist"


def opened(kind: str, viewer: User, key: str = "") -> CollectionQuerySet:
    """Return the collections of this kind the viewer may open by right, or by holding `key`."""
    rows = MODELS[kind].objects.visible_to(viewer)
    if key:
        rows |= MODELS[kind].objects.opened_by_token(key)
    return rows.select_related("owner")


def tracks_of(collection: Collection, viewer: User) -> TrackQuerySet:
    """Return its tracks in order, as far as the viewer may open them; one may come twice."""
    if is_smart(collection):
        return in_order(chosen(collection, viewer), viewer)
    kind = kind_of(collection)
    visible = Track.objects.visible_to(viewer).filter(**{f"{kind}_items__{kind}": collection})
    return visible.order_by(f"{kind}_items__position")


def is_smart(collection: Collection) -> bool:
    """Tell whether rules say what stands in it."""
    return isinstance(collection, Playlist) and collection.is_smart


def chosen(collection: Any, viewer: User) -> list[Any]:
    """Return the keys of what the rules of a smart playlist choose for this viewer.

    Asked once for each time that the list was found, however often it is read.
    """
    asked = vars(collection).setdefault("_chosen", {})
    if viewer.pk not in asked:
        asked[viewer.pk] = keys_of(language.of(collection.rules), viewer)
    keys: list[Any] = asked[viewer.pk]
    return keys


@dataclass
class ChosenItem:
    """A place in a smart playlist; nothing is kept of it."""

    pk: Any
    track: Track
    position: int


def visible_items(collection: Collection, viewer: User) -> QuerySet[Any]:
    """Return its places in order, as far as the viewer may open what stands there."""
    items: QuerySet[Any] = collection.items.all()
    return items.filter(track__in=Track.objects.visible_to(viewer)).order_by("position")


def with_those_who_work(kind: str, rows: CollectionQuerySet) -> CollectionQuerySet:
    """Give each playlist `working`: who works on it beside its owner, `{id, handle, name}` each.

    Whose page is closed is not named.
    """
    if kind == "release":
        return rows
    working = those_beside(OuterRef("pk"))
    found: CollectionQuerySet = rows.annotate(working=working)
    return found


def ids_of_those_who_work(collection: Any) -> list[str]:
    """Return the ids of who works on it; it must come from `with_those_who_work`."""
    return [person["id"] for person in getattr(collection, "working", [])]


def items_page(collection: Collection, viewer: User, after: int = 0) -> tuple[list[Any], int]:
    """Return up to 100 places behind position `after`, with cards, and the last one's position.

    The second is 0 where nothing follows. Two queries.
    """
    if is_smart(collection):
        return _chosen_page(collection, viewer, after)
    items = visible_items(collection, viewer).filter(position__gt=after)
    cards = Prefetch("track", Track.objects.visible_to(viewer).for_card())
    found = list(items.prefetch_related(cards)[: SHOWN_AT_ONCE + 1])
    # What was closed between the two queries has a new key by now, which nobody is to read here.
    found = [item for item in found if item._state.fields_cache.get("track")]
    more, found = len(found) > SHOWN_AT_ONCE, found[:SHOWN_AT_ONCE]
    with_cards(item.track for item in found)
    return found, found[-1].position if more else 0


def all_items(collection: Collection, viewer: User) -> list[Any]:
    """Return all places that the viewer may open, with cards. Two queries."""
    if is_smart(collection):
        tracks = with_cards(in_order(chosen(collection, viewer), viewer).for_card())
        return [ChosenItem(track.pk, track, place) for place, track in enumerate(tracks, start=1)]
    cards = Prefetch("track", Track.objects.visible_to(viewer).for_card())
    found = visible_items(collection, viewer).prefetch_related(cards)
    seen = [item for item in found if item._state.fields_cache.get("track")]
    with_cards(item.track for item in seen)
    return seen


def _chosen_page(collection: Any, viewer: User, after: int) -> tuple[list[Any], int]:
    keys = chosen(collection, viewer)
    shown = keys[after : after + SHOWN_AT_ONCE]
    tracks = with_cards(in_order(shown, viewer).for_card())
    places = {key: place for place, key in enumerate(keys, start=1)}
    found = [ChosenItem(track.pk, track, places[track.pk]) for track in tracks]
    return found, after + SHOWN_AT_ONCE if len(keys) > after + SHOWN_AT_ONCE else 0


def number_of(item: Any, viewer: User, collection: Collection) -> int:
    """Return which one in the list a place is for this viewer, counted from 1."""
    if is_smart(collection):
        return int(item.position)
    before = visible_items(collection, viewer).filter(position__lt=item.position)
    return before.count() + 1


def totals(collection: Collection, viewer: User) -> tuple[int, int]:
    """Return how many tracks the viewer may open, and how long they are together, in ms."""
    if is_smart(collection):
        keys = chosen(collection, viewer)
        length = Track.objects.filter(pk__in=keys).aggregate(length=Sum(LENGTH_OF_TRACK))
        return len(keys), length["length"] or 0
    found = visible_items(collection, viewer).aggregate(count=Count("pk"), length=Sum(LENGTH))
    return found["count"], found["length"] or 0


def listed(kind: str, owner: Person, viewer: User, before: str = "", size: int = 24) -> Page[Any]:
    """Return a page of one person's collections, newest first, each with its `face` and `heard`.

    The face is the card of the first track the viewer may open, None where there is none; heard
    is how many they may open. Two queries.
    """
    rows = MODELS[kind].objects.visible_to(viewer).filter(owner=owner).order_by("-pk")
    return listed_of(kind, rows, viewer, before, size)


def listed_of(kind: str, rows: Any, viewer: User, before: str = "", size: int = 24) -> Page[Any]:
    """Return a page of these collections, which the viewer may open, as `listed` does."""
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return with_faces(kind, rows, viewer, size)


def with_faces(kind: str, rows: Any, viewer: User, size: int) -> Page[Any]:
    """Return a page of these rows, by id, each with its `face`, `covers` and `heard`.

    Two queries, and one more where rules say what stands in some of them.
    """
    rows = _with_contents(kind, rows.select_related("cover"), viewer)
    found = page(rows, lambda row: row.pk.hex, size)
    _choose_firsts(found.rows, viewer)
    firsts = {key for row in found.rows for key in row.first_tracks}
    tracks = Track.objects.visible_to(viewer).for_card().in_bulk(firsts)
    with_cards(tracks.values())
    for row in found.rows:
        first = tracks.get(row.first_track)
        row.face = face_of(row, first.card if first else None)
        row.covers = covers_of(tracks[key] for key in row.first_tracks if key in tracks)
    return found


def _choose_firsts(rows: Iterable[Any], viewer: User) -> None:
    """Give smart playlists without a cover the keys of the first four that are chosen."""
    smart = {row.pk: row for row in rows if is_smart(row) and not row.cover_id}
    rules = {key: language.of(row.rules) for key, row in smart.items()}
    for key, firsts in firsts_of(Playlist.objects.all(), rules, viewer, MOSAIC).items():
        smart[key].first_tracks, smart[key].first_track = firsts, next(iter(firsts), None)


def _with_contents(kind: str, rows: Any, viewer: User) -> Any:
    """Give each row `heard`, how many tracks the viewer may open, and the keys of the first four.

    The first alone is `first_track`, too; a release shows no more.
    """
    model: Any = ReleaseTrack if kind == "release" else PlaylistItem
    inside = model.objects.filter(
        **{kind: OuterRef("pk")}, track__in=Track.objects.visible_to(viewer)
    )
    first = inside.order_by("position").values("track")[:1]
    count = inside.order_by().values(kind).annotate(count=Count("pk")).values("count")
    in_order = inside.order_by().values("track").annotate(at=Min("position")).order_by("at")
    most = 1 if kind == "release" else MOSAIC
    firsts: Any = ArraySubquery(in_order.values("track")[:most])
    return rows.annotate(
        first_track=Subquery(first), first_tracks=firsts, heard=Coalesce(Subquery(count), 0)
    )


def covers_of(tracks: Iterable[Track]) -> list[str]:
    """Return the small covers of the first four different tracks; none where there are fewer.

    The tracks must have cards, and the viewer may open them.
    """
    found: dict[Any, str] = {}
    for track in tracks:
        if len(found) < MOSAIC and track.card.cover_thumb_url:
            found.setdefault(track.pk, track.card.cover_thumb_url)
    return list(found.values()) if len(found) == MOSAIC else []
