"""`GET /api/v1/lists/{kind}/{key}/`: a whole list, ready for a player."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracks.collections.entries import KINDS, MOST, Asker, list_of

KEY = "A handle, a slug, the key of an unlisted list, an id, or the words looked for."


class ListEntry(serializers.Serializer[Any]):
    """A version as a player needs it; its sound's addresses are asked for when it plays."""

    version_id = serializers.UUIDField()
    track_id = serializers.UUIDField()
    title = serializers.CharField()
    artist = serializers.CharField()
    artist_url = serializers.CharField()
    url = serializers.CharField()
    cover_thumb = serializers.CharField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    accent = serializers.CharField(allow_null=True)
    loudness_lufs = serializers.FloatField(allow_null=True)
    true_peak_dbtp = serializers.FloatField(allow_null=True)
    key = serializers.CharField(required=False, help_text="The token it was opened with.")


class ListOfMusic(serializers.Serializer[Any]):
    """Entries in their order, at most 500."""

    entries = serializers.ListField(child=ListEntry(), max_length=MOST)


class ListView(APIView):
    """What “Play all” plays."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="list_entries",
        parameters=[
            OpenApiParameter("kind", str, "path", enum=sorted(KINDS)),
            OpenApiParameter("key", str, "path", description=KEY),
            OpenApiParameter("token", str, description="The key of an unlisted track."),
        ],
        responses=ListOfMusic,
    )
    def get(self, request: Request, kind: str, key: str) -> Response:
        """Tell the entries that the asker may hear; `all` is the key of the latest."""
        asker = Asker(request.user, request.query_params.get("token", ""), request.session)
        return Response(
            {"entries": list_of(kind, key, asker)}, headers={"Cache-Control": "no-store"}
        )
