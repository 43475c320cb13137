"""The way to a report, on every page of what can be reported: the same for everybody."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.lib import slots
from config.lib.slots import Filler

# The place, the kind of thing there, its name in the context, and how it is drawn there.
PLACES = (
    ("track.actions", "track", "track", "_menu_link"),
    ("profile", "profile", "artist", "_link"),
    ("release", "release", "release", "_link"),
    ("playlist", "playlist", "collection", "_link"),
    ("embed.foot", "", "shown", "_embed_link"),
)
KINDS = {"Track": "track", "Release": "release", "Playlist": "playlist"}


def fill() -> None:
    """Put it into its places."""
    for place, kind, name, template in PLACES:
        slots.register(place, _link(kind, name, template))


def _link(kind: str, name: str, template: str) -> Filler:
    def draw(context: Mapping[str, Any]) -> SafeString:
        row = context.get(name)
        if name == "shown" and row:
            row = row.thing
        if row is None:
            return SafeString("")
        words = {
            "about": f"{kind or KINDS[type(row).__name__]}:{row.pk}",
            "token": context.get("key") or _key(row),
        }
        return render_to_string(f"moderation/reports/{template}.html", words)

    return draw


def _key(row: Any) -> str:
    """Return the key with which an unlisted thing was opened."""
    return row.token if getattr(row, "visibility", "") == "unlisted" else ""
