"""Labels, as a search finds them."""

from config.lib import page_cache
from tracks.access import User
from tracks.labels import selectors
from tracks.models.search import matching_labels
from tracks.search.registry import MOST, Found, register


def _labels(text: str, viewer: User) -> list[Found]:
    rows = selectors.opened(viewer).filter(matching_labels(text)).order_by("-pk")[:MOST]
    listed = list(rows)
    page_cache.shows(*(f"label:{row.pk}" for row in listed))
    return [Found(row.name, row.get_absolute_url(), row.owner.name) for row in listed]


def register_all() -> None:
    """Say that they can be found."""
    register("label", "Labels", _labels)
