"""What the pages of a release are given."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from config.lib.markdown import to_html
from tracks import moments
from tracks.access import User
from tracks.collections.presenters import collection_page
from tracks.covers.presenters import cover_of, cover_state
from tracks.credited import told
from tracks.downloads.presenters import offers_of_release
from tracks.hidden_words import shown
from tracks.models import Release
from tracks.models.described import Licence
from tracks.releases import selectors
from tracks.releases.services import drafts


@dataclass(frozen=True)
class Disc:
    """The places of one disc that a page shows; `first` is the number of the first of them."""

    number: int
    first: int
    items: list[Any]


def release_page(release: Any, viewer: User, *, after: int = 0, key: str = "") -> dict[str, Any]:
    """Return the context of a release's page, for whoever may open it."""
    context, credits = collection_page(release, viewer, after=after, key=key), told(release)
    return context | {
        "artists": credits.artists,
        "credits": credits.roles,
        "licence_deed": Licence(release.licence).deed,
        "offers": offers_of_release(release, viewer, key=key),
        "release": release,
        "artist": release.artist_credit or release.owner.name,
        "discs": discs_of(release, context["items"], viewer),
        "cover": cover_of(release, context["face"]),
        "notes_html": to_html(shown(release.notes_md, release, viewer)),
        "left": selectors.remaining(release) if context["can_edit"] else None,
    }


def countdown_page(release: Release, left: timedelta) -> dict[str, Any]:
    """Return what everybody is told of a release whose hour is to come: no title of a piece."""
    return {
        "release": release,
        "artist": release.artist_credit or release.owner.name,
        "cover": cover_of(release, None),
        "left_ms": max(0, round(left.total_seconds() * 1000)),
        "there": moments.there(release.release_at, release.time_zone),
    }


def edit_page(release: Any, text: str = "", *, after: int = 0) -> dict[str, Any]:
    """Return the context of the page on which its owner makes it."""
    context = release_page(release, release.owner, after=after)
    whole = list(context["items"])
    several = len({item.disc for item in whole}) > 1
    for before, item in zip([None, *whole], whole, strict=False):
        item.begins_disc = item.disc != before.disc if before else several
    return context | {
        "whole": whole,
        "addable": selectors.addable(release, text) if text or not whole else [],
        "sought": text,
        "unread": drafts.unread(release),
        "own_cover": cover_state(release),
        "opened_with": selectors.opened_with(release),
        "fates": selectors.fates_of(release),
        "zones": moments.zones(),
        "chosen_zone": release.time_zone or "UTC",
        "there": moments.there(release.release_at, release.time_zone),
        "left": selectors.remaining(release),
    }


def discs_of(release: Release, items: list[Any], viewer: User) -> list[Disc]:
    """Return the discs of a page; numbers begin at 1 on each, also where the page before ended."""
    found: list[Disc] = []
    for number, group in groupby(items, key=lambda item: item.disc):
        listed = list(group)
        found.append(Disc(number, _number_on_disc(release, listed[0], found, viewer), listed))
    return found


def _number_on_disc(release: Release, item: Any, before: list[Disc], viewer: User) -> int:
    if before or item.position == 1:
        return 1
    earlier = release.items.filter(disc=item.disc, position__lt=item.position)
    return earlier.count() + 1
