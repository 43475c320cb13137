"""What pages are told of giving away: what is offered to whom, and who has taken what."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from config.lib.paging import PAGE_SIZE, Page, page, read_id_cursor
from config.lib.templatetags.nexus import size
from media_pipeline.models import Rendition
from tracks import access
from tracks.access import User
from tracks.downloads import selectors
from tracks.models import Download, Given, Release, Track, TrackVersion
from tracks.models.audience import Audience
from tracks.player import facts_of

ALIKE = {Audience.NOBODY, Audience.EVERYBODY}  # what is open to these is the same for all
ORIGINALS = "track__primary_version__media__asset__size_bytes"
DEPTH = "track__primary_version__media__asset__facts__bit_depth"  # none: it is lossy
RENDITIONS = "track__primary_version__media__asset__renditions__"

SHOWN = 50  # grants, and people who took it, that a page tells


@dataclass(frozen=True)
class Offer:
    """One line of the menu: what it is, its format and size in words, and where to ask for it."""

    what: str
    label: str
    details: str
    url: str


def differs(thing: Track | Release) -> bool:
    """Tell whether the page of a track (from `for_page()`) or release offers more to some."""
    if isinstance(thing, Release):
        return thing.download not in ALIKE
    columns = {getattr(thing, f"gives_{what}") for what in Given.values}
    columns |= set(getattr(thing, "release_downloads", ()))
    return bool(columns - ALIKE) or thing.opens_lossless_listed


def offers_of_track(
    track: Track, version: TrackVersion, viewer: User, *, key: str = "", stems: int = 0
) -> list[Offer]:
    """Return what the page of a track (from `for_page()`) offers to keep.

    Makes no query where what is open is open to everybody.
    """
    primary = track.primary_version
    if key not in ("", track.token):  # a review link lets listen, and no more
        return []
    if primary is None or version.pk != primary.pk or not primary.media.asset.ready_at:
        return []
    there = _there(primary, stems)
    given = [what for what in there if _is_open(track, what, viewer, key)]
    base = reverse("track-download", args=[track.slug])
    return [_offer(what, there[what], base, key) for what in given]


def _there(version: TrackVersion, stems: int) -> dict[str, str]:
    """Return what there is of a version, each with its format and size."""
    asset, facts = version.media.asset, facts_of(version)
    sizes = {row.format: row.size_bytes for row in asset.renditions.all()}
    name = facts.format_name if facts else ""
    found = {Given.ORIGINAL.value: ", ".join(filter(None, [name, size(asset.size_bytes)]))}
    if facts and facts.bit_depth:
        about = sizes.get(Rendition.Format.HLS_FLAC)
        found[Given.FLAC.value] = f"lossless{f', about {size(about)}' if about else ''}"
    if mp3 := sizes.get(Rendition.Format.MP3_320):
        found[Given.MP3.value] = f"320 kbit/s, {size(mp3)}"
    if stems:
        found[Given.STEMS.value] = f"zip of {stems}"
    return found


def _is_open(track: Track, what: str, viewer: User, key: str) -> bool:
    if viewer.is_authenticated and viewer.pk == track.owner_id:
        return True
    opened = {getattr(track, f"gives_{what}")}
    if what in selectors.OF_RELEASE:
        opened |= set(getattr(track, "release_downloads", ()))
    if Audience.EVERYBODY in opened:
        return True
    if not viewer.is_authenticated or opened <= ALIKE:
        return False
    return access.may_download(viewer, track, what, key=key)


def _offer(what: str, details: str, base: str, key: str) -> Offer:
    words = {"what": what} | ({"token": key} if key else {})
    label = {Given.MP3: "MP3"}.get(Given(what), Given(what).label)
    return Offer(what, label, details, f"{base}?{urlencode(words)}")


def offers_of_release(release: Release, viewer: User, *, key: str = "") -> list[Offer]:
    """Return in which formats a release's page offers it as a zip; two queries where it does."""
    own = viewer.is_authenticated and viewer.pk == release.owner_id
    if release.download == Audience.NOBODY and not own:
        return []
    if not own and release.release_at and release.release_at > timezone.now():
        return []
    if not own and release.download != Audience.EVERYBODY:
        if not viewer.is_authenticated:
            return []
        if not access.may_download(viewer, release, Given.ORIGINAL, key=key):
            return []
    there = _sizes(release, viewer)
    base = reverse("release-download", args=[release.slug])
    return [_offer(what, details, base, key) for what, details in there.items()]


def _sizes(release: Release, viewer: User) -> dict[str, str]:
    """Return the formats there are of a release, each with its size."""
    places: QuerySet[Any] = release.items.filter(
        track__in=Track.objects.visible_to(viewer),
        track__primary_version__media__asset__ready_at__isnull=False,
    ).order_by()
    found = places.aggregate(
        size=Sum(ORIGINALS),
        count=Count("pk"),
        lossy=Coalesce(Sum(ORIGINALS, filter=Q(**{DEPTH: None})), 0),
        lossless=Count("pk", filter=Q(**{f"{DEPTH}__isnull": False})),
    )
    if not found["count"]:
        return {}
    flacs = Q(**{f"{RENDITIONS}format": Rendition.Format.HLS_FLAC, f"{DEPTH}__isnull": False})
    mp3s = Q(**{f"{RENDITIONS}format": Rendition.Format.MP3_320})
    made = places.aggregate(
        flac=Sum(f"{RENDITIONS}size_bytes", filter=flacs),
        mp3=Sum(f"{RENDITIONS}size_bytes", filter=mp3s),
        mp3s=Count("pk", filter=mp3s),
    )
    offered = {Given.ORIGINAL.value: f"zip, {size(found['size'])}"}
    if made["flac"]:
        offered[Given.FLAC.value] = f"zip, about {size(made['flac'] + found['lossy'])}"
    if made["mp3s"] == found["count"]:
        offered[Given.MP3.value] = f"zip, 320 kbit/s, {size(made['mp3'])}"
    return offered


@dataclass(frozen=True)
class Line:
    """One of somebody's own downloads: what it is of, and where to ask again; empty: closed."""

    row: Download
    thing: Track | Release | None
    again: str

    @property
    def what(self) -> str:
        """Return what of it was taken, in words."""
        return Given(self.row.what).label


def own_page(person: User, before: str, size: int = PAGE_SIZE) -> Page[Line]:
    """Return what somebody has downloaded, newest first.

    What they may open now leads to it, and what they may keep now is offered again; an unlisted
    thing is neither, as its key is not kept. At most two queries for a kind, and one for each
    kind of file on the page.
    """
    rows = Download.objects.filter(user=person.pk).select_related("owner").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    found = page(rows, lambda row: row.pk.hex, size)
    lines: dict[UUID, Line] = {}
    for kind, model in (("track", Track), ("release", Release)):
        of = {row: getattr(row, f"{kind}_id") for row in found.rows}
        opened: Any = model.objects.visible_to(person).filter(pk__in=[*filter(None, of.values())])
        things = {one.pk: one for one in opened} if any(of.values()) else {}
        whats = {row.what for row, key in of.items() if key in things}
        given = {
            what: set(access.downloadable(person, opened, what).values_list("pk", flat=True))
            for what in whats
        }
        for row, key in of.items():
            if thing := things.get(key):
                base = reverse(f"{kind}-download", args=[thing.slug])
                again = f"{base}?what={row.what}" if key in given[row.what] else ""
                lines[row.pk] = Line(row, thing, again)
    told = [lines.get(row.pk) or Line(row, None, "") for row in found.rows]
    return Page(told, found.next_cursor)


def settings_page(
    thing: Track | Release,
) -> dict[str, Any]:
    """Return the context of the page on which an owner opens a thing, and sees who took it.

    Its forms are the view's.
    """
    kind = "release" if isinstance(thing, Release) else "track"
    return {
        "thing": thing,
        "own_url": reverse(f"{kind}-downloads", args=[thing.slug]),
        "grant_url": reverse(f"{kind}-grant", args=[thing.slug]),
        "grants": [
            (row, Given(row.what).label if row.what else "All that is open")
            for row in selectors.grants_of(thing)[:SHOWN]
        ],
        "listeners": selectors.listeners_of(thing.owner).count(),
        "taken": taken(selectors.downloads_of(thing)),
    }


def taken(rows: QuerySet[Download]) -> dict[str, Any]:
    """Return how often each kind was taken, by whom lately, and by how many visitors."""
    counts = rows.order_by().values_list("what").annotate(count=Count("pk"))
    by_what = dict(counts)
    return {
        "counts": [(Given(w).label, by_what[w]) for w in Given.values if w in by_what],
        "people": [(row, Given(row.what).label) for row in rows.exclude(user=None)[:SHOWN]],
        "visitors": rows.filter(user=None).count(),
    }
