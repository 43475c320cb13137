"""What the pages of names and of credits are given."""

from dataclasses import dataclass
from typing import Any

from config.lib import page_cache
from tracks import access
from tracks.access import Person, User
from tracks.cards import ListedTrack
from tracks.credits import selectors
from tracks.models import Credit, Name

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
    account = _account(name, viewer)
    page_cache.shows(f"name:{name.slug}", "latest")
    if name.account_id:
        page_cache.shows(f"person:{name.account_id}")
    context: dict[str, Any] = {
        "name": name,
        "account": account,
        "role": role,
        "roles": [],
        "releases": [],
    }
    if role:
        found = selectors.of_role(name, role, viewer, before)
        following = f"?role={role}&before={found.next_cursor}" if found.next_cursor else ""
        more = {"heading": HEADINGS[Credit.Role(role)], "next_url": following}
        return context | more | {"tracks": found.rows}
    roles = [
        RoleShown(each, HEADINGS[Credit.Role(each)], count, tracks, _more(each, count, tracks))
        for each, count, tracks in selectors.by_role(name, viewer)
    ]
    releases = selectors.releases_of(name, viewer)
    page_cache.shows(*(f"list:{row.pk}" for row in releases))
    return context | {"roles": roles, "releases": releases}


def _more(role: str, count: int, tracks: list[ListedTrack]) -> str:
    return f"?role={role}" if count > len(tracks) else ""


def _account(name: Name, viewer: User) -> Person | None:
    """Return whose name it is, as far as the viewer may open their page."""
    if name.account is None:
        return None
    people = type(name.account)._default_manager
    found: Person | None = people.filter(access.visible_people(viewer), pk=name.account_id).first()
    return found
