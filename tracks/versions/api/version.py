"""`/api/v1/versions/{id}/`: its state and words, addresses to hear it by, and who may hear it."""

import functools
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.prepared import Prepared
from media_pipeline.models import Job, Rendition
from tracks import access
from tracks.addresses import address_by_key
from tracks.models import Track, TrackVersion
from tracks.player import addresses, facts_of, may_hear_lossless, renditions_of, with_renditions
from tracks.processing.selectors import main_job, main_jobs_of
from tracks.versions import services

TRACK_COLUMNS = ("owner", "slug", "token", "title", "visibility", "primary_version")
FIGURES = ("duration_ms", "sample_rate", "channels", "loudness_lufs", "true_peak_dbtp", "lra")


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
    note = serializers.CharField(source="note_md", help_text="What changed, in Markdown.")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(help_text="Handle")
    hidden = serializers.BooleanField(help_text="Hidden ones are told to their owner only.")
    primary = serializers.BooleanField(help_text="What listeners get first.")
    track = TrackBrief()
    status = serializers.CharField()
    playable = serializers.BooleanField(source="media.asset.playable")
    duration_ms = serializers.IntegerField(allow_null=True)
    sample_rate = serializers.IntegerField(allow_null=True)
    channels = serializers.IntegerField(allow_null=True)
    loudness_lufs = serializers.FloatField(allow_null=True)
    true_peak_dbtp = serializers.FloatField(allow_null=True)
    lra = serializers.FloatField(allow_null=True, help_text="Loudness range, LU")
    hls_url = serializers.CharField(allow_null=True)
    lossless_hls_url = serializers.CharField(allow_null=True)
    mp3_url = serializers.CharField(allow_null=True)
    waveform_url = serializers.CharField(allow_null=True)
    cover_url = serializers.CharField(
        allow_null=True, help_text="Of its own file; pages show the cover of the primary version."
    )
    expires_at = serializers.DateTimeField()
    renditions = RenditionState(many=True)
    job = JobState(allow_null=True)


class VersionWords(serializers.Serializer[Any]):
    """What a version is called, and what changed in it."""

    label = serializers.CharField(  # type: ignore[assignment] # a member, not DRF's own label
        max_length=60, required=False, allow_blank=True
    )
    note = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class VersionView(APIView):
    """One version; also where a player asks for new addresses before its own end."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        operation_id="version_state",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=VersionState,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell a version's state, and sign addresses for whoever may listen."""
        return answer(_find(request, id), request)

    @extend_schema(operation_id="version_describe", request=VersionWords, responses=VersionState)
    def patch(self, request: Request, id: UUID) -> Response:
        """Name a version of one's own, or say what changed in it."""
        version = own(request, id)
        words = validated(VersionWords, request)
        label, note = words.get("label", version.label), words.get("note", version.note_md)
        services.describe(version=version, by=request.user, label=label, note_md=note)
        return answer(own(request, id), request)

    @extend_schema(operation_id="version_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Remove a version of one's own, unless it is the only or the primary one."""
        services.delete(version=own(request, id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PrimaryView(APIView):
    """Which version listeners get first."""

    @extend_schema(operation_id="version_make_primary", request=None, responses=VersionState)
    def post(self, request: Request, id: UUID) -> Response:
        """Let listeners get this version first."""
        services.make_primary(version=own(request, id), by=request.user)
        return answer(own(request, id), request)


class HidingView(APIView):
    """Whether listeners may hear a version."""

    @extend_schema(operation_id="version_hide", request=None, responses=VersionState)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep this version for the owner alone; addresses handed out before end."""
        services.hide(version=own(request, id), by=request.user)
        return answer(own(request, id), request)

    @extend_schema(operation_id="version_restore", request=None, responses=VersionState)
    def delete(self, request: Request, id: UUID) -> Response:
        """Show it to listeners again."""
        services.restore(version=own(request, id), by=request.user)
        return answer(own(request, id), request)


def answer(version: TrackVersion, request: Request) -> Response:
    """Return the version's state as an answer that nobody keeps."""
    data = _serializer().to_representation(describe(version, request.user))
    data["track"]["url"] = address_by_key(version.track, request.query_params.get("token", ""))
    return Response(data, headers={"Cache-Control": "no-store"})


def own(request: Request, id: UUID) -> TrackVersion:
    """Return a version of the visitor's own. Raises NotFound."""
    version = _versions().filter(track__owner_id=request.user.pk, pk=id).first()
    if version is None:
        raise NotFound
    return version


@functools.cache
def _serializer() -> VersionState:
    """Return a serializer to use again: making its fields costs more than telling with them."""
    return VersionState()


def _find(request: Request, id: UUID) -> TrackVersion:
    key, session = request.query_params.get("token", ""), request.session
    if not key and not request.user.is_authenticated:
        found = _OPEN_TO_ALL.one(id=id)
        if found is None:
            raise NotFound
        opened_to_all = with_renditions(found, found.renditions_data)
        opened_to_all.job = Job(**found.job_data) if found.job_data else None
        return opened_to_all
    opened = TrackVersion.objects.opened_by(request.user, key, session).values("pk")
    version = _versions().filter(pk__in=opened, pk=id).first()
    if version is None:
        raise NotFound
    return version


def _versions() -> QuerySet[TrackVersion]:
    asset = "media__asset"
    return (
        TrackVersion.objects.select_related("track", f"{asset}__facts", f"{asset}__waveform")
        .select_related(f"{asset}__artwork", "created_by")
        .only(
            *("label", "note_md", "number", "status", "hidden_at", "created_at", "media__epoch"),
            "created_by__handle",
            *(f"track__{name}" for name in TRACK_COLUMNS),
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
    urls = addresses(version, lossless=may_hear_lossless(version.track, user))
    return {
        "id": version.pk,
        "label": version.label,
        "number": version.number,
        "note_md": version.note_md,
        "created_at": version.created_at,
        "created_by": version.created_by.handle,
        "hidden": version.hidden_at is not None,
        "primary": version.track.primary_version_id == version.pk,
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
        "job": version.job if hasattr(version, "job") else main_job(version),
    }


_OPEN_TO_ALL: Prepared[Any] = Prepared(
    lambda id: (
        _versions()
        .prefetch_related(None)
        .annotate(
            renditions_data=renditions_of(OuterRef("media__asset")),
            job_data=Subquery(main_jobs_of(OuterRef("media__asset"))[:1]),
        )
        .filter(pk__in=TrackVersion.objects.opened_by(AnonymousUser()).values("pk"), pk=id)
    ),
    rules=access.rules,
    id=UUID(int=1),
)
