"""Finding names, and what each is credited for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Window,
)
from django.db.models.functions import Cast, JSONObject, RowNumber
from django.http import Http404

from config.lib.paging import Page, page, read_id_cursor
from tracks import access
from tracks.access import Person, User
from tracks.cards import ListedTrack, listed
from tracks.catalogue.selectors import newest_page
from tracks.collections.selectors import listed_of
from tracks.findable import findable
from tracks.keys_of_words import key_of
from tracks.models import Credit, Label, Name, Playlist, PlaylistItem, Release, ReleaseTrack, Track
from tracks.models.track import TrackQuerySet

SHOWN = 8  # tracks of each role on a name's page
RELEASES = 24
OFFERED = 10  # names, as one types


def name_of(slug: str, viewer: User) -> Name:
    """Return the name of this address; Http404 where nobody may know of it.

    Its `account` is loaded, and `leads_on` tells whether the viewer may open that one's page.
    """
    people: Any = get_user_model()._default_manager
    opened = people.filter(access.visible_people(viewer), pk=OuterRef("account"))
    names = Name.objects.visible_to(viewer).select_related("account")
    names = names.annotate(leads_on=Exists(opened))
    found = names.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def by_role(name: Name, viewer: User) -> list[tuple[str, int, list[ListedTrack]]]:
    """Return each role with how many published tracks it is on, and the newest eight of these.

    Roles come in their own order. Two queries, however many there are.
    """
    published = Track.objects.visible_to(viewer).published().order_by().values("pk")
    credits = Credit.objects.filter(name=name, track__in=published).order_by()
    each = credits.values("role", "track_id").annotate(moment=Max("track__published_at"))
    newest = [F("moment").desc(), F("track_id").desc()]
    place = Window(RowNumber(), partition_by=F("role"), order_by=newest)
    count = Window(Count("track_id"), partition_by=F("role"))
    rows = list(each.annotate(place=place, count=count).filter(place__lte=SHOWN).order_by("place"))
    counts = {row["role"]: row["count"] for row in rows}
    cards = {track.pk: track for _, track in listed([row["track_id"] for row in rows])}
    found = []
    for role in Credit.Role.values:
        keys = [row["track_id"] for row in rows if row["role"] == role]
        if tracks := [cards[key] for key in keys if key in cards]:
            found.append((role, counts[role], tracks))
    return found


def of_role(name: Name, role: str, viewer: User, before: str) -> Page[ListedTrack]:
    """Return a page of the published tracks on which a name has this role, newest first."""
    if role not in Credit.Role.values:
        raise Http404
    credits = Credit.objects.filter(name=name, role=role)
    tracks = Track.objects.visible_to(viewer).filter(pk__in=credits.values("track"))
    return newest_page(tracks, before)


def releases_of(name: Name, viewer: User, tracks: Sequence[UUID]) -> list[Any]:
    """Return up to 24 public releases on which a name or one of these tracks is; two queries.

    Each has its `face`, its label as `signed` (`{id, name, slug}`, None without one), and
    `is_own`: whether the name is one of its artists. These come first, and of both the newest.
    """
    named = Credit.objects.filter(name=name, release__isnull=False).values("release")
    holding = ReleaseTrack.objects.filter(track__in=tracks).values("release")
    opened = Release.objects.visible_to(viewer).filter(visibility="public")
    rows = _told(name, opened.filter(pk__in=named.union(holding))).order_by("-is_own", "-pk")
    found: list[Any] = listed_of("release", rows, viewer, size=RELEASES).rows
    return found


def releases_page(name: Name, viewer: User, before: str) -> Page[Any]:
    """Return a page of the public releases on which a name stands, newest first; two queries."""
    opened = Release.objects.visible_to(viewer).filter(visibility="public").order_by("-pk")
    named = opened.filter(pk__in=Credit.objects.filter(name=name).values("release"))
    return listed_of("release", _told(name, named), viewer, before)


def _told(name: Name, rows: QuerySet[Release]) -> QuerySet[Any]:
    own = Credit.objects.filter(release=OuterRef("pk"), name=name, role=Credit.Role.ARTIST)
    # A column, not one more table: with five to join the keys would no longer come first.
    label = JSONObject(id=Cast("pk", TextField()), name="name", slug="slug")
    signed = Label.objects.filter(pk=OuterRef("label")).values(row=label)
    return rows.select_related("owner").annotate(is_own=Exists(own), signed=Subquery(signed))


def playlists_with(tracks: Sequence[UUID], viewer: User) -> list[Playlist]:
    """Return the newest eight public playlists in which one of these tracks is; one query."""
    holding = PlaylistItem.objects.filter(track__in=tracks).values("playlist")
    opened = findable(Playlist.objects.visible_to(viewer)).filter(visibility="public")
    found = opened.filter(pk__in=holding).select_related("owner").order_by("-pk")
    return list(found[:SHOWN])


def beside(name: Name, tracks: Sequence[UUID]) -> list[Name]:
    """Return up to eight other names that are on these tracks, those on the most first; one query.

    The viewer has to be somebody who may open the tracks.
    """
    on = Count("credits__track", distinct=True, filter=Q(credits__track__in=tracks))
    names = Name.objects.filter(credits__track__in=tracks).exclude(pk=name.pk)
    return list(names.annotate(on=on).order_by("-on", "key")[:SHOWN])


def played(name: Name, viewer: User, role: str = "") -> TrackQuerySet:
    """Return what is played of a name: what it is an artist of, else all it is on; newest first.

    With a role, what it is on in this role. Raises Http404 for none.
    """
    if role and role not in Credit.Role.values:
        raise Http404
    credits = Credit.objects.filter(name=name)
    published = Track.objects.visible_to(viewer).published()
    found = published.filter(pk__in=credits.filter(role=role or "artist").values("track"))
    if role or found.exists():
        return found
    return published.filter(pk__in=credits.values("track"))


def offered(text: str, person: Person) -> list[Name]:
    """Return up to ten names that begin so: those everybody may find, and this person's own."""
    key = key_of(text)
    if not key:
        return []
    names = Name.objects.visible_to(person).filter(key__startswith=key)
    return list(names.order_by("key")[:OFFERED])


def names_of(person: Person, viewer: User) -> list[Name]:
    """Return the names that lead to this account, as far as the viewer may know of them."""
    return list(Name.objects.visible_to(viewer).filter(account=person).order_by("key"))


def credits_of_account(name: Name, before: str) -> Page[Credit]:
    """Return a page of the credits of a name on music that its account may open, newest first."""
    account: Any = name.account
    opened = Q(track__in=Track.objects.visible_to(account).values("pk"))
    opened |= Q(release__in=Release.objects.visible_to(account).values("pk"))
    rows: QuerySet[Credit] = Credit.objects.filter(opened, name=name).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    things = (Prefetch("track", Track.objects.all()), Prefetch("release", Release.objects.all()))
    return page(rows.prefetch_related(*things), lambda row: row.pk.hex)
