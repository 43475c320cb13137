"""People, as a search finds them."""

from config.lib import page_cache
from social.models import User
from tracks.access import User as Viewer
from tracks.models.search import matching_people
from tracks.search.registry import MOST, Found, register


def _people(text: str, viewer: Viewer) -> list[Found]:
    rows = User.objects.visible_to(viewer).filter(matching_people(text)).exclude(handle="system")
    found = list(rows.order_by("-date_joined", "handle")[:MOST])
    page_cache.shows(*(f"person:{row.pk}" for row in found))
    return [Found(row.name, row.get_absolute_url(), f"@{row.handle}") for row in found]


def register_all() -> None:
    """Say that people can be found."""
    register("people", "People", _people)
