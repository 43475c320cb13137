"""`GET /api/v1/tracks/{id}/versions/`: the history of a track."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracks.models import Track, TrackVersion
from tracks.player import facts_of
from tracks.versions import selectors


class VersionInList(serializers.Serializer[dict[str, Any]]):
    """One version; `url` tells the rest, with addresses to hear it by."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    number = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment] # a member, not DRF's own label
    note = serializers.CharField(help_text="What changed, in Markdown.")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(help_text="Handle")
    hidden = serializers.BooleanField()
    primary = serializers.BooleanField()
    status = serializers.CharField()
    playable = serializers.BooleanField()
    duration_ms = serializers.IntegerField(allow_null=True)
    loudness_lufs = serializers.FloatField(allow_null=True)
    true_peak_dbtp = serializers.FloatField(allow_null=True)
    lra = serializers.FloatField(allow_null=True)
    loudness_change = serializers.FloatField(
        allow_null=True, help_text="LU, against the version before"
    )


class VersionList(serializers.Serializer[dict[str, Any]]):
    """Newest first. `next` is the address of what follows; null on the last page."""

    results = VersionInList(many=True)
    next = serializers.CharField(allow_null=True)


class TrackVersionsView(APIView):
    """The versions of one track."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="track_versions",
        parameters=[
            OpenApiParameter("token", str, description="The key of an unlisted track."),
            OpenApiParameter("before", str, description="Older than this number."),
        ],
        responses=VersionList,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell a track's versions, their notes and loudness; hidden ones to the owner."""
        key = request.query_params.get("token", "")
        opened = Track.objects.opened_by(request.user, key, request.session)
        track = get_object_or_404(opened, pk=id)
        before = request.query_params.get("before", "")
        found = selectors.version_history(track, request.user, before)
        shown = [_data(version, track) for version in found.rows]
        following = f"{request.path}?before={found.next_cursor}" + (f"&token={key}" if key else "")
        body = {"results": shown, "next": following if found.next_cursor else None}
        return Response(VersionList(body).data, headers={"Cache-Control": "no-store"})


def _data(version: TrackVersion, track: Track) -> dict[str, Any]:
    facts = facts_of(version)
    figures = ("duration_ms", "loudness_lufs", "true_peak_dbtp", "lra")
    return {
        "id": version.pk,
        "url": reverse("api-version", args=[version.pk]),
        "number": version.number,
        "label": version.label,
        "note": version.note_md,
        "created_at": version.created_at,
        "created_by": version.created_by.handle,
        "hidden": version.hidden_at is not None,
        "primary": version.pk == track.primary_version_id,
        "status": version.status,
        "playable": version.media.asset.playable,
        **{name: getattr(facts, name, None) for name in figures},
        "loudness_change": version.loudness_change,
    }
