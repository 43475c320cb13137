"""The rows of where the money went, and of proofs that what one gave is in it."""

from collections.abc import Mapping

from django.urls import reverse

from economics.models import Contribution
from tests.contracts.permissions import Row
from tests.factories.economics import declare
from tracks.models import Track

ROWS = [
    *(
        Row(route, "GET", "", 200, 200, 200, 200)
        for route in ("money", "money-json", "money-csv", "money-check")
    ),
    Row("contribution-proof", "GET", "", 302, 404, 200, 404),
    Row("api-my-contribution-proof", "GET", "", 401, 404, 200, 404),
    # Whoever has a contribution's key has its proof, whoever they are.
    Row("contribution-proof-by-key", "GET", "", 200, 200, 200, 200),
]


def address(route: str, _on: str, tracks: Mapping[str, Track]) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    match route:
        case "contribution-proof" | "api-my-contribution-proof":
            return reverse(route, args=[_given(tracks["public"]).pk])
        case "contribution-proof-by-key":
            return reverse(route, args=[_given(tracks["public"]).key])
    return None


def _given(track: Track) -> Contribution:
    """Return what the owner gave to themselves: who else gave what is nobody's to read."""
    found = Contribution.objects.filter(giver=track.owner).first()
    return found or declare(track.owner, giver=track.owner)
