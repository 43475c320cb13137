"""`/api/v1/tracks/{id}/tags/` and `/api/v1/tags/`."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from tracks.models import Track
from tracks.models.tag import TAG_MAX
from tracks.tags import selectors, serializers
from tracks.tags.services import tagging


class TrackTagsView(APIView):
    """The tags of one track."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        operation_id="track_tags",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=serializers.TagsTold,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell them to whoever may listen; its owner hears of suggestions, too."""
        key = request.query_params.get("token", "")
        return _answer(
            _one(Track.objects.opened_by(request.user, key, request.session), id), request
        )

    @extend_schema(
        operation_id="track_set_tags",
        request=serializers.TagsWords,
        responses=serializers.TagsTold,
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Let a track of one's own have these tags and no others."""
        track = _one(Track.objects.filter(owner_id=request.user.pk), id)
        words = validated(serializers.TagsWords, request)
        tagging.set_tags(track=track, names=words["tags"], by=request.user)
        return _answer(track, request)


class TagsView(APIView):
    """Tags, as one types."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="tags",
        parameters=[OpenApiParameter("begins", str, description="The first letters.")],
        responses=serializers.TagsOffered,
    )
    def get(self, request: Request) -> Response:
        """Offer up to ten that begin so, the most used first."""
        begins = request.query_params.get("begins", "")[: 2 * TAG_MAX]
        return Response(serializers.offered(selectors.offered(begins)), headers=NO_STORE)


def _one(rows: Any, id: UUID) -> Track:
    found: Track | None = rows.filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def _answer(track: Track, request: Request) -> Response:
    rows = serializers.told(track, is_owner=request.user.pk == track.owner_id)
    return Response(serializers.TagsTold({"results": rows}).data, headers=NO_STORE)
