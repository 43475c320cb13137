"""Named places in a page that upper rooms fill without being known (plan: Slot).

A page names a place with `{% slot "track.below-player" %}`; an upper app registers in
`AppConfig.ready` a function `(context) -> str` that returns safe HTML for it. On a page for all
(`config.lib.page_cache`) a filler puts what is the same for everybody.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Every place there is, and what stands in its context besides what all pages know.
SLOTS = {
    "person": "every page of somebody who is signed in, above what it shows",
    "header": "the main navigation, before the account",
    "home": "the home page, above the music",
    "card": "a card in a list, below its words; drawn once for everybody: the card's own words",
    "track.top": "track: above its title, what its owner has to know first",
    "track.buttons": "track: beside its play button, before its menu",
    "track.actions": "track: its menu",
    "track.words": "track: after the artist's own words",
    "track.told": "track: after its lyrics, what else is said and sung in it",
    "track.below-player": "track: its room, where people speak of it",
    "track.side": "track: beside that room, for who reviews it",
    "track.end": "track: the end of its page",
    "profile.buttons": "artist: a person's page, beside what plays all of it",
    "profile": "artist: a person's page, below their name",
    "artist": "artist: the page of a name whose account may be seen, below its links",
    "press": "artist: the page for the press, above its words",
    "release.buttons": "collection: a release's page, beside what plays all of it",
    "release": "collection: a release's page, above its tracks",
    "playlist": "collection: a playlist's page, above its tracks",
    "downloads": "the page where an owner opens a thing to be kept, below its form",
    "publishing": "beside whatever opens pieces to others",
    "upload": "the upload page, below the files",
    "edit": "track: the page that changes a track, after its form",
    "settings": "the pages of one's own account, in their navigation",
    "embed.foot": "shown: the end of a small player on another page",
    "my-uploads": "one's own uploads, above the list",
    "transparency": "the figures of moderation, before their end",
    "admin.home": "the first page of the administration, above its list",
}

Filler = Callable[[Mapping[str, Any]], SafeString]

_fillers: dict[str, list[Filler]] = defaultdict(list)


def register(slot: str, filler: Filler) -> None:
    """Let `filler` render into `slot`, after those registered before it.

    Raises ValueError where there is no such place.
    """
    if slot not in SLOTS:
        raise ValueError(f"No page has a place called {slot!r}.")
    _fillers[slot].append(filler)


def render(slot: str, context: Mapping[str, Any]) -> SafeString:
    """Return the joined output of all fillers of `slot`; empty when nobody fills it."""
    return mark_safe("".join(filler(context) for filler in _fillers[slot]))  # noqa: S308 - each filler escapes
