"""What the pages of names and of credits are given."""

from dataclasses import dataclass
from typing import Any

from config.lib import page_cache
from config.lib.urls import address_of
from tracks.access import User
from tracks.cards import ListedTrack
from tracks.credits import selectors
from tracks.models import Credit, Name, Release

HEADINGS = {
    Credit.Role.ARTIST: "As artist",
    Credit.Role.WRITER: "As writer",
    Credit.Role.PRODUCER: "As producer",
    Credit.Role.FEATURE: "Featured",
    Credit.Role.MUSICIAN: "As musician",
    Credit.Role.MIXER: "Mixed",
    Credit.Role.MASTERING: "Mastered",
    Credit.Role.OTHER: "In another role",
}


SHELVES = {
    Release.Kind.ALBUM: "Albums",
    Release.Kind.EP: "EPs",
    Release.Kind.SINGLE: "Singles",
    Release.Kind.LIVE: "Live",
    Release.Kind.MIX: "Mixes",
    Release.Kind.COMPILATION: "Compilations",
}


@dataclass(frozen=True)
class Shelf:
    """Releases of one kind."""

    kind: str
    heading: str
    releases: list[Any]


@dataclass(frozen=True)
class LabelShown:
    """A label on which the name has releases."""

    id: str
    name: str
    url: str


@dataclass(frozen=True)
class RoleShown:
    """The newest tracks of one role, and where there are more."""

    role: str
    heading: str
    count: int
    tracks: list[ListedTrack]
    more: str


def name_page(name: Name, viewer: User, role: str, before: str) -> dict[str, Any]:
    """Return the context of a name's page: all its roles, or a page of one."""
    context = _head(name) | {"role": role}
    if role:
        found = selectors.of_role(name, role, viewer, before)
        following = f"?role={role}&before={found.next_cursor}" if found.next_cursor else ""
        more = {"heading": HEADINGS[Credit.Role(role)], "next_url": following}
        return context | more | {"tracks": found.rows}
    found_by_role = selectors.by_role(name, viewer)
    shown = list({track.pk for _, _, tracks in found_by_role for track in tracks})
    releases = selectors.releases_of(name, viewer, shown)
    releases.sort(key=lambda row: (row.released_on, row.pk), reverse=True)
    playlists = selectors.playlists_with(shown, viewer)
    page_cache.shows(*(f"list:{row.pk}" for row in (*releases, *playlists)))
    return context | {
        "roles": [
            RoleShown(each, HEADINGS[Credit.Role(each)], count, tracks, _more(each, count, tracks))
            for each, count, tracks in found_by_role
        ],
        "shelves": _shelves([row for row in releases if row.is_own]),
        "elsewhere": Shelf("elsewhere", "Appears on", [row for row in releases if not row.is_own]),
        "labels": _labels(releases),
        "has_more": len(releases) >= selectors.RELEASES,
        "playlists": playlists,
        "beside": selectors.beside(name, shown),
    }


def releases_page(name: Name, viewer: User, before: str) -> dict[str, Any]:
    """Return the context of the page of all releases on which a name stands."""
    found = selectors.releases_page(name, viewer, before)
    page_cache.shows(*(f"list:{row.pk}" for row in found.rows))
    return _head(name) | {"releases": found.rows, "next_url": found.next_url}


def _head(name: Any) -> dict[str, Any]:
    page_cache.shows(f"name:{name.slug}", "latest")
    if name.account_id:
        page_cache.shows(f"person:{name.account_id}")
    return {"name": name, "account": name.account if name.leads_on else None}


def _shelves(releases: list[Any]) -> list[Shelf]:
    """Return the releases by kind, in the order they have."""
    kinds = [
        Shelf(kind, heading, [row for row in releases if row.kind == kind])
        for kind, heading in SHELVES.items()
    ]
    return [shelf for shelf in kinds if shelf.releases]


def _labels(releases: list[Any]) -> list[LabelShown]:
    """Return the labels of the releases of the name's own, each once, by name."""
    signed = {row.signed["id"]: row.signed for row in releases if row.is_own and row.signed}
    found = [
        LabelShown(row["id"], row["name"], address_of("label", row["slug"]))
        for row in signed.values()
    ]
    return sorted(found, key=lambda label: label.name.casefold())


def _more(role: str, count: int, tracks: list[ListedTrack]) -> str:
    return f"?role={role}" if count > len(tracks) else ""
