"""The rows of what machines propose."""

from django.urls import reverse

from assistant.models import Suggestion
from tests.contracts.permissions import Row
from tests.factories.assistant import make_suggestion
from tracks.models import Track

TAKE = {"act": "take"}
ROWS = [
    row
    for on in ("public", "private")
    for row in (
        Row("api-track-suggestions", "GET", on, 401, 404, 200, 404),
        Row("suggestion", "GET", on, 302, 404, 200, 404),
        Row("suggestion", "POST", on, 302, 404, 302, 404, TAKE),
        Row("api-suggestion-accept", "POST", on, 401, 404, 200, 404, {}),
        Row("api-suggestion-dismiss", "POST", on, 401, 404, 200, 404, {}),
    )
]


def address(route: str, on: str, track: Track | None) -> str | None:
    """Return where these routes lead for the thing a row is on; None for other routes."""
    if track is None:
        return None
    if route == "api-track-suggestions":
        return reverse(route, args=[track.pk])
    if route in {"suggestion", "api-suggestion-accept", "api-suggestion-dismiss"}:
        waits = Suggestion.objects.filter(track=track).first()
        row = waits or make_suggestion(track, "title", "Harbour")
        return reverse(route, args=[row.pk])
    return None
