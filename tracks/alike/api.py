"""`/api/v1/tracks/{id}/similar/` and `…/path/`: what sounds alike, and what lies between two."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from tracks.alike import presenters, selectors
from tracks.alike.selectors import Near, Seed, seed_of
from tracks.alike.serializers import AllAlike, PathAsked, SimilarAsked
from tracks.models import Track

TOKEN = OpenApiParameter("token", str, description="The key of an unlisted track.")


class SimilarView(APIView):
    """The neighbours of one track."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="track_similar", parameters=[TOKEN, SimilarAsked], responses=AllAlike
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the nearest tracks that the asker may open, nearest first, one of each file."""
        track = _opened(request, id)
        asked = _asked(SimilarAsked, request)
        seed, count = seed_of(track), asked["limit"]
        if asked["by"] == "harmony":
            found = selectors.in_harmony(seed, request.user, count=count, but=asked["without"])
        else:
            found = selectors.similar(seed, request.user, count=count, but=asked["without"])
        reasons = presenters.beside(seed.traits, found)
        return _answer(request, found, reasons, seed)


class PathView(APIView):
    """The way from one track to another."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="track_path", parameters=[TOKEN, PathAsked], responses=AllAlike)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the steps between two tracks, and the end; the reason is beside the one before."""
        track = _opened(request, id)
        asked = _asked(PathAsked, request)
        start = seed_of(track)
        end = seed_of(_one(Track.objects.visible_to(request.user), asked["to"]))
        found = selectors.path(start, end, request.user, steps=asked["steps"])
        return _answer(request, found, presenters.along(start.traits, found), start, end)


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _opened(request: Request, id: UUID) -> Track:
    key = request.query_params.get("token", "")
    return _one(Track.objects.opened_by(request.user, key, request.session), id)


def _one(rows: Any, id: UUID) -> Track:
    found: Track | None = rows.filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def _answer(
    request: Request, found: list[Near], reasons: presenters.Reasons, *seeds: Seed
) -> Response:
    told = {
        "is_described": all(seed.vector is not None for seed in seeds),
        "results": presenters.entries(found, reasons, request.user),
    }
    return Response(AllAlike(told).data, headers=NO_STORE)
