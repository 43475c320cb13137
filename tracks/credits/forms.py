"""What an owner says about who made their music: rows that are moved, added and taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from tracks.credits.rules import ARTISTS_MOST, CREDITS_MOST, Artist, Said, as_line
from tracks.credits.services.crediting import read_artists
from tracks.models import Credit, Release, Track

ROLES = [(role.value, role.label) for role in Credit.Role if role is not Credit.Role.ARTIST]
JOINS = (", ", " & ", " feat. ", " with ", " vs. ", " x ")
LISTS = ("artist", "credit")
READ_MOST = 2 * max(ARTISTS_MOST, CREDITS_MOST)  # rows of one kind that are looked at


@dataclass(frozen=True)
class Editor:
    """The rows of the page as they were sent, blank ones included."""

    artists: list[Artist]
    credits: list[Said]

    @property
    def wanted_artists(self) -> list[Artist]:
        """Return the rows of artists that say anything."""
        return [row for row in self.artists if row.name.strip()]

    @property
    def wanted_credits(self) -> list[Said]:
        """Return the rows of credits that say anything."""
        return [row for row in self.credits if row.name.strip() or row.detail.strip()]

    def after(self, act: str) -> "Editor":
        """Return the rows after a button: `up|down|remove|add:artist|credit:place`, or `read:`.

        What makes no sense changes nothing.
        """
        deed, _, rest = act.partition(":")
        kind, _, place = rest.partition(":")
        if deed == "read":
            return replace(self, artists=read_artists(rest) or self.artists)
        if kind not in LISTS:
            return self
        rows: list[Any] = list(self.artists if kind == "artist" else self.credits)
        most = ARTISTS_MOST if kind == "artist" else CREDITS_MOST
        if deed == "add" and len(rows) < most:
            rows.append(Artist("") if kind == "artist" else Said("", Credit.Role.WRITER))
        elif deed in {"up", "down", "remove"}:
            _change(rows, deed, int(place) if place.isascii() and place.isdigit() else -1)
        return replace(self, **{"artists" if kind == "artist" else "credits": rows})


def _change(rows: list[Any], deed: str, at: int) -> None:
    if not 0 <= at < len(rows):
        return
    row = rows.pop(at)
    if deed != "remove":
        rows.insert(max(0, at + (1 if deed == "down" else -1)), row)


def read(post: QueryDict) -> Editor:
    """Return the rows that a form sends, side by side, in their order."""
    artists = _rows(post, "artist-name", "artist-join", "artist-as")
    credits = _rows(post, "credit-name", "credit-role", "credit-detail", "credit-url", "credit-as")
    return Editor([Artist(*row) for row in artists], [Said(*row) for row in credits])


def _rows(post: QueryDict, *names: str) -> Iterable[tuple[str, ...]]:
    columns: Sequence[list[str]] = [post.getlist(name)[:READ_MOST] for name in names]
    count = len(columns[0])
    filled = [column[:count] + [""] * (count - len(column)) for column in columns]
    return zip(*filled, strict=True)


def as_said(rows: Iterable[dict[str, Any]]) -> Editor:
    """Return the rows of what is said now, with a blank one where there is nothing."""
    listed = list(rows)
    artists = [
        Artist(row["known_as"], row["join"], _else(row["name"], row["known_as"]))
        for row in listed
        if row["role"] == Credit.Role.ARTIST
    ]
    credits = [
        Said(
            row["known_as"],
            row["role"],
            row["detail"],
            row["url"],
            _else(row["name"], row["known_as"]),
        )
        for row in listed
        if row["role"] != Credit.Role.ARTIST
    ]
    return Editor(artists, credits)


def _else(text: str, other: str) -> str:
    return "" if text == other else text


def editor_page(thing: Track | Release, rows: Editor, refusal: str = "") -> dict[str, Any]:
    """Return the context of the page where an owner says who made a track or a release."""
    return {
        "thing": thing,
        "artists": rows.artists,
        "credits": rows.credits,
        "text": as_line(rows.wanted_artists),
        "roles": ROLES,
        "joins": JOINS,
        "refusal": refusal,
    }
