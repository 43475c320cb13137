"""Finding names, and what each is credited for."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from config.lib.paging import Page, page, read_id_cursor
from tracks.access import Person, User
from tracks.cards import ListedTrack, listed
from tracks.catalogue.selectors import newest_page
from tracks.collections.selectors import listed_of
from tracks.keys_of_words import key_of
from tracks.models import Credit, Name, Release, Track

SHOWN = 8  # tracks of each role on a name's page
RELEASES = 12
OFFERED = 10  # names, as one types


def name_of(slug: str, viewer: User) -> Name:
    """Return the name of this address with its account; Http404 where nobody may know of it."""
    names = Name.objects.visible_to(viewer).select_related("account")
    found = names.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def by_role(name: Name, viewer: User) -> list[tuple[str, int, list[ListedTrack]]]:
    """Return each role with how many published tracks it is on, and the newest eight of these.

    Roles come in their own order. Three queries, however many there are.
    """
    published = Track.objects.visible_to(viewer).published().order_by().values("pk")
    credits = Credit.objects.filter(name=name, track__in=published).order_by()
    counts = Counter(
        dict(credits.values_list("role").annotate(count=Count("track", distinct=True)))
    )
    place = Window(
        RowNumber(), partition_by=F("role"), order_by=[F("moment").desc(), F("track_id").desc()]
    )
    each = credits.values("role", "track_id").annotate(moment=Max("track__published_at"))
    rows = list(each.annotate(place=place).filter(place__lte=SHOWN).order_by("place"))
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


def releases_of(name: Name, viewer: User) -> list[Release]:
    """Return the newest public releases that a name is on, with their faces; two queries."""
    credits = Credit.objects.filter(name=name)
    rows = Release.objects.visible_to(viewer).filter(
        visibility="public", pk__in=credits.values("release")
    )
    found: list[Release] = listed_of("release", rows.order_by("-pk"), viewer, size=RELEASES).rows
    return found


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
