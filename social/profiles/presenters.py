"""A person's releases and playlists, as their page shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from config.lib.paging import Page
from social.models import ArtistPicture, User
from tracks.access import User as Viewer
from tracks.collections import selectors as collecting
from tracks.models.described import Licence

ON_PROFILE = 12
NAMES = {"release": "Releases", "playlist": "Playlists"}


@dataclass(frozen=True)
class Section:
    """Some of a person's collections of one kind; `more` leads to those behind them."""

    kind: str
    page: Page[Any]
    more: str
    more_words: str

    @property
    def name(self) -> str:
        """Return what stands above it."""
        return NAMES[self.kind]


def of(person: User, viewer: Viewer) -> list[Section]:
    """Return the newest releases and playlists of a person, as far as the viewer may open them."""
    found = []
    for kind in NAMES:
        page = collecting.listed(kind, person, viewer, size=ON_PROFILE)
        more = reverse(f"profile-{kind}s", args=[person.handle]) if page.next_cursor else ""
        found.append(Section(kind, page, more, f"All {NAMES[kind].lower()}"))
    return found


def one(kind: str, person: User, viewer: Viewer, before: str) -> Section:
    """Return one page of a person's collections of this kind."""
    page = collecting.listed(kind, person, viewer, before)
    return Section(kind, page, page.next_url, f"Older {NAMES[kind].lower()}")


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
        "licences": Licence.choices,
    }
