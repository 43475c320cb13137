"""Tags, as a search finds them."""

from config.lib import page_cache
from tracks.access import User
from tracks.models import Tag
from tracks.models.search import OF_TAG, matching_by
from tracks.search.registry import MOST, Found, register


def _tags(text: str, _viewer: User) -> list[Found]:
    rows = Tag.objects.filter(matching_by(OF_TAG, text), uses__gt=0, merged_into=None)
    found = list(rows.order_by("-uses", "key")[:MOST])
    page_cache.shows(*(f"tag:{row.pk}" for row in found))
    return [
        Found(row.name, row.get_absolute_url(), f"{row.uses} track{'s' * (row.uses != 1)}")
        for row in found
    ]


def register_all() -> None:
    """Say that they can be found."""
    register("tag", "Tags", _tags)
