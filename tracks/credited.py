"""Who made a thing, as pages and programs tell of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from config.lib import page_cache
from config.lib.urls import address_of
from tracks.models import Credit, Release, Track
from tracks.models.credit import credits_beside

ARTIST = Credit.Role.ARTIST


@dataclass(frozen=True, slots=True)
class Credited:
    """One name on a thing: how it stands there, and where it leads."""

    name: str
    url: str
    join: str = ""
    detail: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Everybody who did the same."""

    role: str
    label: str
    people: list[Credited]


@dataclass(frozen=True, slots=True)
class Credits:
    """The artists of a thing, and who else made it, by what they did."""

    artists: list[Credited]
    roles: list[RoleLine]


def credits_of(thing: Track | Release) -> list[dict[str, Any]]:
    """Return the credits of a thing as rows: those it came with (`for_page()`), or in one query."""
    come_with: list[dict[str, Any]] | None = getattr(thing, "credits_data", None)
    if come_with is not None:
        return come_with
    of = "track" if isinstance(thing, Track) else "release"
    model: Any = type(thing)
    found = model.everything.filter(pk=thing.pk)
    rows: list[dict[str, Any]] = found.values_list(credits_beside(**{of: thing.pk}), flat=True)[0]
    return rows


def told(thing: Track | Release) -> Credits:
    """Return who made it. The page that is being made is forgotten when one of them changes."""
    rows = credits_of(thing)
    page_cache.shows(*(f"name:{row['slug']}" for row in rows))
    page_cache.shows(*(f"person:{row['account']}" for row in rows if row["account"]))
    others = [row for row in rows if row["role"] != ARTIST]
    lines = [
        RoleLine(role, Credit.Role(role).label, _people(r for r in others if r["role"] == role))
        for role in dict.fromkeys(row["role"] for row in others)
    ]
    return Credits(_people(row for row in rows if row["role"] == ARTIST), lines)


def _people(rows: Iterable[dict[str, Any]]) -> list[Credited]:
    return [
        Credited(row["name"], _address(row), row["join"], row["detail"], row["url"]) for row in rows
    ]


def _address(row: dict[str, Any]) -> str:
    """Return the page of an account, where the name leads to one, else that of the name."""
    if row["handle"]:
        return address_of("profile", row["handle"])
    return address_of("artist", row["slug"])
