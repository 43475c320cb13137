"""`/api/v1/search/` and `/api/v1/suggest/`: finding things by words and traits."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.problems import Problem
from tracks.search import counting, selectors, serializers, suggesting
from tracks.search.facets import NAMES
from tracks.search.grammar import LETTERS_MOST, Wanted, read
from tracks.search.registry import Found
from tracks.search.sentences import understood

ASKED = [
    OpenApiParameter("q", str, description="Words, “phrases”, and operators such as `by:anna`."),
    OpenApiParameter("type", str, description="track, release, artist, playlist, person, tag, …"),
    OpenApiParameter("not", str, many=True, description="A word that must not be there."),
    *(
        OpenApiParameter(name, str, many=True, description="May come more than once; `-…` negates.")
        for name in NAMES
    ),
]


def wanted_of(request: Request) -> Wanted:
    """Return what is looked for. Raises Problem: `invalid-input`, with every sentence there is."""
    wanted = read(dict(request.query_params.lists()))
    if wanted.problems:
        raise Problem("invalid-input", " ".join(wanted.problems))
    return wanted


class SearchView(APIView):
    """What everybody may find and fits."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="search",
        parameters=[
            *ASKED,
            OpenApiParameter("cursor", str, description="`next` of the page before."),
        ],
        responses=serializers.ResultsTold,
    )
    def get(self, request: Request) -> Response:
        """Tell a page of it, the best first."""
        wanted, cursor = wanted_of(request), request.query_params.get("cursor", "")
        try:
            with selectors.bounded():
                found = selectors.results(wanted, request.user, cursor)
        except Http404:
            raise NotFound from None
        rows = [
            Found(row.pk, row.title, row.get_absolute_url(), row.artist) for row in found.tracks
        ] + found.others
        told = {"results": [_told(wanted.kind, row) for row in rows], "next": found.next_cursor}
        return Response(serializers.ResultsTold(told).data, headers=NO_STORE)

    @extend_schema(
        operation_id="search_passages",
        request=serializers.QuestionAsked,
        responses=serializers.AnswersTold,
    )
    def post(self, request: Request) -> Response:
        """Tell which tracks answer a question, each with the passage that does and its moment.

        Among all that is public, and what is one's own.
        """
        asked = validated(serializers.QuestionAsked, request)
        wanted = read({"q": [asked["query"]]})
        with selectors.bounded(settings=selectors.settings_of_arms()):
            text = wanted.text or asked["query"]
            found = selectors.passages(text, request.user, asked["mode"], asked["limit"])
        chips = sentence.chips if (sentence := understood(wanted)) else wanted.chips
        told = {
            "results": [_answer(row) for row in found],
            "understood": [{"facet": c.name, "value": c.pair[1], "label": c.label} for c in chips],
        }
        return Response(serializers.AnswersTold(told).data, headers=NO_STORE)


class CountsView(APIView):
    """How many things are found."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="search_counts", parameters=ASKED, responses=serializers.CountsTold)
    def get(self, request: Request) -> Response:
        """Tell how many there are, of each kind, and with one condition more."""
        wanted = wanted_of(request)
        with selectors.bounded():
            kinds = counting.by_kind(wanted, request.user)
            groups = counting.groups(wanted, request.user)
        types = {kind.name: found for kind, found in kinds}
        told = {
            "count": types.get(wanted.kind, 0),
            "types": types,
            "facets": [
                {
                    "facet": group.name,
                    "options": [
                        {"value": it.chip.value, "label": it.chip.label, "count": it.count}
                        for it in group.options
                    ],
                }
                for group in groups
            ],
        }
        return Response(serializers.CountsTold(told).data, headers=NO_STORE)


class SuggestView(APIView):
    """What somebody may be about to type."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="suggest",
        parameters=[OpenApiParameter("q", str, description="The first letters.")],
        responses=serializers.SuggestionsTold,
    )
    def get(self, request: Request) -> Response:
        """Offer names, tags and titles that begin so, then those that have it."""
        text = read({"q": [request.query_params.get("q", "")[:LETTERS_MOST]]}).text
        with selectors.bounded():
            found = suggesting.suggestions(text, request.user)
        rows = [_told(kind.name, row) for kind, row in found]
        return Response(serializers.SuggestionsTold({"results": rows}).data, headers=NO_STORE)


def _answer(row: Found) -> dict[str, Any]:
    return {
        **{"track": row.pk, "title": row.name, "artist": row.words, "url": row.url_there},
        **{"at_ms": row.at_ms, "end_ms": row.end_ms, "version": row.version},
        **{"source": row.source, "passage": row.passage},
        "parts": [{"text": text, "asked": asked} for text, asked in row.parts],
    }


def _told(kind: str, row: Found) -> dict[str, Any]:
    return {"type": kind, "id": row.pk, "title": row.name, "words": row.words, "url": row.url}
