"""The rows of prices, and of what was bought."""

from django.urls import reverse

from tests.contracts import lists
from tests.contracts.permissions import Row
from tracks.models import Track

FORM, BODY = {"least": "5"}, {"least_cents": 500}

ROWS = [
    *(
        row
        for kind in ("track", "release")
        for row in (
            Row(f"{kind}-price", "GET", "public", 302, 404, 200, 404),
            Row(f"{kind}-price", "POST", "public", 302, 404, 302, 404, FORM),
            Row(f"{kind}-price-end", "POST", "public", 302, 404, 302, 404),
            Row(f"api-{kind}-price", "GET", "public", 404, 404, 404, 404),
            Row(f"api-{kind}-price", "GET", "private", 404, 404, 404, 404),
            Row(f"api-{kind}-price", "PUT", "public", 401, 404, 415, 404, BODY),
            Row(f"api-{kind}-price", "DELETE", "public", 401, 404, 204, 404),
        )
    ),
    Row("bought", "GET", "", 302, 404, 404, 404),
    Row("bought", "POST", "", 302, 404, 404, 404),
]


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where these routes lead for the thing a row is on; None for other routes."""
    if route == "bought":
        return reverse(route, args=["x" * 22])
    if track is None:
        return None
    if route == "api-track-price":
        return reverse(route, args=[track.pk])
    if route in {"release-price", "release-price-end"}:
        return reverse(route, args=[lists.listed("release", on, track).slug])
    if route == "api-release-price":
        return reverse(route, args=[lists.listed("release", on, track).pk])
    return None
