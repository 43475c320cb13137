"""`/api/v1/versions/{id}/`: its state and words, addresses to hear it by, and who may hear it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.prepared import Prepared
from media_pipeline.models import Job
from tracks import access
from tracks.addresses import address_by_key
from tracks.hidden_words import is_owner
from tracks.models import TrackVersion
from tracks.player import addresses, facts_of, may_hear_lossless, renditions_of, with_renditions
from tracks.processing.selectors import main_job, main_jobs_of
from tracks.versions import services
from tracks.versions.api.serializers import (
    FIGURES,
    JOB_MEMBERS,
    RENDITION_MEMBERS,
    SOURCE_MEMBERS,
    VersionState,
    VersionWords,
)

TRACK_COLUMNS = ("owner", "slug", "token", "title", "visibility", "primary_version")


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
    data = describe(version, request.user, request.query_params.get("token", ""))
    return Response(data, headers={"Cache-Control": "no-store"})


def own(request: Request, id: UUID) -> TrackVersion:
    """Return a version of the visitor's own. Raises NotFound."""
    mine = TrackVersion.objects.of_owner(request.user).values("pk")
    version = _versions().filter(pk__in=mine, pk=id).first()
    if version is None:
        raise NotFound
    return version


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
            *("track__opens_lossless", "track__opens_lossless_listed"),
            *(f"{asset}__attempt", f"{asset}__playable_at"),
            *(f"{asset}__facts__{name}" for name in FIGURES),
            *(f"{asset}__waveform__id", f"{asset}__artwork__id"),
        )
        .prefetch_related(f"{asset}__renditions")
    )


def describe(version: TrackVersion, user: Any, key: str = "") -> dict[str, Any]:
    """Return the members of VersionState; lossless for the owner and whom the owner lets.

    `key` is what opened its track, and stays in the address that is told.
    """
    facts, asset, track = facts_of(version), version.media.asset, version.track
    urls = addresses(version, lossless=may_hear_lossless(track, user))
    job = version.job if hasattr(version, "job") else main_job(version)
    return {
        "id": version.pk,
        "label": version.label,
        "number": version.number,
        "note": version.note_md,
        "created_at": version.created_at,
        "created_by": version.created_by.handle,
        "hidden": version.hidden_at is not None,
        "primary": track.primary_version_id == version.pk,
        "track": {
            "id": track.pk,
            "slug": track.slug,
            "title": track.title,
            "url": address_by_key(track, key),
            "visibility": track.visibility,
        },
        "status": version.status,
        "playable": asset.playable,
        **{name: getattr(facts, name, None) for name in FIGURES},
        "hls_url": urls.hls,
        "lossless_hls_url": urls.lossless_hls,
        "mp3_url": urls.mp3,
        "waveform_url": urls.waveform,
        "cover_url": urls.cover,
        "expires_at": urls.expires_at,
        "renditions": [_members(row, RENDITION_MEMBERS) for row in asset.renditions.all()],
        "job": _members(job, JOB_MEMBERS) if job else None,
        "source": _members(asset, SOURCE_MEMBERS) if is_owner(track, user) else None,
    }


def _members(row: Any, names: list[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


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
