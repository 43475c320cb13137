"""Names of artists, as a search finds them."""

from config.lib import page_cache
from tracks.access import User
from tracks.models import Name
from tracks.search.registry import MOST, Found, register


def _names(text: str, viewer: User) -> list[Found]:
    rows = Name.objects.visible_to(viewer).matching(text).order_by("key")[:MOST]
    found = list(rows)
    page_cache.shows(*(f"name:{row.slug}" for row in found))
    return [Found(row.name, row.get_absolute_url()) for row in found]


def register_all() -> None:
    """Say that they can be found."""
    register("artist", "Artists", _names)
