"""A person's releases and playlists, as their page shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from config.lib.paging import Page
from social.models import ArtistPage, ArtistPicture, PageSection, User
from tracks.access import User as Viewer
from tracks.catalogue.selectors import published_of
from tracks.collections import selectors as collecting
from tracks.models.described import Licence

ON_PROFILE = 12


@dataclass(frozen=True)
class Section:
    """A part of a person's page: what of one kind is shown; `more` leads to what is behind it."""

    kind: str
    page: Page[Any]
    more: str
    more_words: str

    @property
    def name(self) -> str:
        """Return what stands above it."""
        return PageSection(self.kind).label

    @property
    def template(self) -> str:
        """Return what draws it."""
        return f"social/profiles/_{'tracks' if self.kind == PageSection.TRACK else 'section'}.html"


def of(person: User, viewer: Viewer, before: str = "") -> list[Section]:
    """Return the newest of a person's music and lists in the order they have chosen for it.

    As far as the viewer may open each; `before` leads to older music, without the lists.
    """
    chosen = (getattr(person, "artist_page", None) or ArtistPage()).order
    found = []
    for kind in [PageSection.TRACK] if before else chosen:
        if kind == PageSection.TRACK:
            music = published_of(person, viewer, before)
            found.append(Section(kind, music, music.next_url, "Older music"))
            continue
        page = collecting.listed(kind, person, viewer, size=ON_PROFILE)
        more = reverse(f"profile-{kind}s", args=[person.handle]) if page.next_cursor else ""
        found.append(Section(kind, page, more, f"All {kind.label.lower()}"))
    return found


def one(kind: str, person: User, viewer: Viewer, before: str) -> Section:
    """Return one page of a person's collections of this kind."""
    page = collecting.listed(kind, person, viewer, before)
    return Section(kind, page, page.next_url, f"Older {PageSection(kind).label.lower()}")


def press_pictures(person: User) -> list[ArtistPicture]:
    """Return the pictures for the press, in the order in which they came. One query."""
    rows = ArtistPicture.objects.filter(user=person, is_header=False)
    return list(rows.select_related("user", "asset__artwork").order_by("pk"))


def editor(person: Any) -> dict[str, Any]:
    """Return the pictures of somebody's page, for them to change."""
    headers = ArtistPicture.objects.filter(user=person.pk, is_header=True).select_related("user")
    return {
        "header": headers.first(),
        "pictures": press_pictures(person),
        "sections": (ArtistPage.objects.filter(user=person.pk).first() or ArtistPage()).order,
        "licences": Licence.choices,
    }
