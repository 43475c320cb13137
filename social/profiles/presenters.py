"""A person's releases and playlists, as their page shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from config.lib.paging import Page
from social.models import User
from tracks.access import User as Viewer
from tracks.collections import selectors as collecting

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
