"""The way to give, on every page of an artist, a piece, a release: the same for everybody."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from config.lib.slots import Filler
from economics.contributions.selectors import is_offered
from social.models import User

# The place, what is there, its name in the context, and how the way is drawn.
PLACES = (
    ("track.buttons", "track", "track", "_button"),
    ("release.buttons", "release", "release", "_button"),
    ("profile.buttons", "person", "artist", "_button"),
    ("artist", "person", "account", "_line"),
    ("embed.foot", "", "shown", "_embed"),
)
KINDS = {"Track": "track", "Release": "release"}


def fill() -> None:
    """Put it into its places."""
    for place, kind, name, template in PLACES:
        slots.register(place, _link(kind, name, template))


def _link(kind: str, name: str, template: str) -> Filler:
    def draw(context: Mapping[str, Any]) -> SafeString:
        row = context.get(name)
        if name == "shown" and row:
            row = row.thing
        found = kind or KINDS.get(type(row).__name__, "")
        artist = row if isinstance(row, User) else getattr(row, "owner", None)
        if row is None or not found or artist is None or not is_offered(artist):
            return SafeString("")
        words = {
            "about": f"{found}:{artist.handle if found == 'person' else row.pk}",
            "token": context.get("key") or _key(row),
            "name": artist.name,
        }
        return render_to_string(f"economics/giving/{template}.html", words)

    return draw


def _key(row: Any) -> str:
    """Return the key with which an unlisted thing was opened."""
    return row.token if getattr(row, "visibility", "") == "unlisted" else ""
