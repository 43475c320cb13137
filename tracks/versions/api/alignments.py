"""`GET /api/v1/tracks/{id}/alignments/`: where the versions of a track have the same bars."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracks.models import Track, VersionAlignment
from tracks.versions import aligning


class Alignment(serializers.ModelSerializer[VersionAlignment]):
    """Two versions: what they share, and how loud each is there."""

    older = serializers.UUIDField(source="older_id")
    newer = serializers.UUIDField(source="newer_id")
    passages = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=3, max_length=3),
        help_text="[start, end, offset] in ms: of the older, and how much later in the newer.",
    )

    class Meta:
        model = VersionAlignment
        fields = ["older", "newer", "passages", "older_lufs", "newer_lufs"]


class AlignmentList(serializers.Serializer[dict[str, Any]]):
    """Every two of the newest versions that were laid side by side."""

    results = Alignment(many=True)


class TrackAlignmentsView(APIView):
    """The alignments of one track."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="track_alignments",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=AlignmentList,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell where each moment of a version is in the others, and how loud both are there."""
        key = request.query_params.get("token", "")
        opened = Track.objects.opened_by(request.user, key, request.session)
        track = get_object_or_404(opened, pk=id)
        rows = Alignment(aligning.alignments_of(track, request.user), many=True).data
        return Response({"results": rows}, headers={"Cache-Control": "no-store"})
