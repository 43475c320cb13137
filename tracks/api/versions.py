"""`GET /api/v1/versions/{id}/`: how far a version is, and addresses to hear it by."""

import functools
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from media_pipeline.models import Job, Rendition
from tracks.models import Track, TrackVersion
from tracks.player import addresses, facts_of
from tracks.selectors import main_job

FIGURES = ("duration_ms", "sample_rate", "channels", "loudness_lufs", "true_peak_dbtp")


class TrackBrief(serializers.ModelSerializer[Track]):
    """The track a version belongs to."""

    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Track
        fields = ["id", "slug", "title", "url", "visibility"]


class RenditionState(serializers.ModelSerializer[Rendition]):
    """One encoding of the version."""

    class Meta:
        model = Rendition
        fields = ["format", "codec", "bitrate", "status", "size_bytes"]


class JobState(serializers.ModelSerializer[Job]):
    """How far the main job is; `error` is a sentence."""

    class Meta:
        model = Job
        fields = ["id", "state", "stage", "progress", "seconds_left", "error_code", "error"]


class VersionState(serializers.Serializer[dict[str, Any]]):
    """A version as it is now. Addresses are null until there is something behind them."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment] # a member, not DRF's own label
    number = serializers.IntegerField()
    track = TrackBrief()
    status = serializers.CharField()
    playable = serializers.BooleanField(source="media.asset.playable")
    duration_ms = serializers.IntegerField(allow_null=True)
    sample_rate = serializers.IntegerField(allow_null=True)
    channels = serializers.IntegerField(allow_null=True)
    loudness_lufs = serializers.FloatField(allow_null=True)
    true_peak_dbtp = serializers.FloatField(allow_null=True)
    hls_url = serializers.CharField(allow_null=True)
    lossless_hls_url = serializers.CharField(allow_null=True)
    mp3_url = serializers.CharField(allow_null=True)
    waveform_url = serializers.CharField(allow_null=True)
    cover_url = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField()
    renditions = RenditionState(many=True)
    job = JobState(allow_null=True)


class VersionView(APIView):
    """One version; also where a player asks for new addresses before its own end."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="version_state",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=VersionState,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell a version's state, and sign addresses for whoever may listen."""
        version = _find(request, id)
        response = Response(_teller().to_representation(describe(version, request.user)))
        response.headers["Cache-Control"] = "no-store"
        return response


@functools.cache
def _teller() -> VersionState:
    """Return a serializer to use again: making its fields costs more than telling with them."""
    return VersionState()


def _find(request: Request, id: UUID) -> TrackVersion:
    key, session = request.query_params.get("token", ""), request.session
    opened = TrackVersion.objects.opened_by(request.user, key, session).values("pk")
    version = _versions().filter(pk__in=opened, pk=id).first()
    if version is None:
        raise NotFound
    return version


def _versions() -> QuerySet[TrackVersion]:
    asset = "media__asset"
    return (
        TrackVersion.objects.select_related("track", f"{asset}__facts", f"{asset}__waveform")
        .select_related(f"{asset}__artwork")
        .only(
            *("label", "number", "status", "media__epoch"),
            *(f"track__{name}" for name in ("owner", "slug", "token", "title", "visibility")),
            "track__opens_lossless",
            *(f"{asset}__attempt", f"{asset}__playable_at"),
            *(f"{asset}__facts__{name}" for name in FIGURES),
            *(f"{asset}__waveform__id", f"{asset}__artwork__id"),
        )
        .prefetch_related(f"{asset}__renditions")
    )


def describe(version: TrackVersion, user: Any) -> dict[str, Any]:
    """Return the members of VersionState; lossless for the owner and whom the owner lets."""
    facts, asset = facts_of(version), version.media.asset
    lossless = version.track.opens_lossless or version.track.owner_id == user.pk
    urls = addresses(version, lossless=lossless)
    return {
        "id": version.pk,
        "label": version.label,
        "number": version.number,
        "track": version.track,
        "status": version.status,
        "media": version.media,
        **{name: getattr(facts, name, None) for name in FIGURES},
        "hls_url": urls.hls,
        "lossless_hls_url": urls.lossless_hls,
        "mp3_url": urls.mp3,
        "waveform_url": urls.waveform,
        "cover_url": urls.cover,
        "expires_at": urls.expires_at,
        "renditions": asset.renditions.all(),
        "job": main_job(version),
    }
