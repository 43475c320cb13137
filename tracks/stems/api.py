"""`/api/v1/versions/{id}/stems/`: the parts of a master, each on its own."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.api.fields import LineField
from tracks.models import Stem, TrackVersion
from tracks.stems import services
from tracks.stems.presenters import one_of, stem_data, stems_of

KEY = OpenApiParameter("token", str, description="The key of an unlisted track.")
NO_STORE = {"Cache-Control": "no-store"}


class StemState(serializers.Serializer[dict[str, Any]]):
    """A stem as it is now. Its address is null until there is something behind it."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(Stem.Role.choices)
    role_name = serializers.CharField()
    title = serializers.CharField()
    position = serializers.IntegerField()
    status = serializers.ChoiceField(["pending", "processing", "ready", "failed"])
    playable = serializers.BooleanField()
    progress = serializers.IntegerField(help_text="Percent")
    error = serializers.CharField(help_text="Why it failed, for whoever added it.")
    duration_ms = serializers.IntegerField(allow_null=True)
    overview = serializers.ListField(
        child=serializers.IntegerField(), help_text="1,000 pairs of minimum and maximum"
    )
    hls_url = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField()


class StemList(serializers.Serializer[dict[str, Any]]):
    """The stems of a version, in their order."""

    results = StemState(many=True)


class StemWords(serializers.Serializer[Any]):
    """What a stem is, and where it stands; `position` is counted from 1."""

    role = serializers.ChoiceField(Stem.Role.choices, required=False)
    title = LineField(max_length=services.TITLE_MAX, required=False, allow_blank=True)
    position = serializers.IntegerField(min_value=1, max_value=10_000, required=False)


class StemsView(APIView):
    """The stems of one version."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="stems", parameters=[KEY], responses=StemList)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell them to whoever may listen to the version, with addresses to hear them by."""
        shown = [stem_data(stem, request.user) for stem in stems_of(_opened(request, id))]
        return Response(StemList({"results": shown}).data, headers=NO_STORE)


class StemView(APIView):
    """One stem."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(operation_id="stem_state", parameters=[KEY], responses=StemState)
    def get(self, request: Request, id: UUID, stem: UUID) -> Response:
        """Tell a stem's state, and sign its address for whoever may listen."""
        return _answer(one_of(_opened(request, id), pk=stem), request)

    @extend_schema(operation_id="stem_describe", request=StemWords, responses=StemState)
    def patch(self, request: Request, id: UUID, stem: UUID) -> Response:
        """Say what a stem of one's own is, or move it."""
        row = _own(request, id, stem)
        words = validated(StemWords, request)
        role, title = words.get("role", row.role), words.get("title", row.title)
        services.describe(stem=row, by=request.user, role=role, title=title)
        if "position" in words:
            services.move(stem=row, by=request.user, to=words["position"])
        return _answer(one_of(row.version, pk=stem), request)

    @extend_schema(operation_id="stem_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID, stem: UUID) -> Response:
        """Remove a stem of one's own."""
        services.delete(stem=_own(request, id, stem), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _opened(request: Request, id: UUID) -> TrackVersion:
    key = request.query_params.get("token", "")
    opened = TrackVersion.objects.opened_by(request.user, key, request.session)
    version = opened.only("id").filter(pk=id).first()
    if version is None:
        raise NotFound
    return version


def _own(request: Request, id: UUID, stem: UUID) -> Stem:
    own = Stem.objects.filter(version__in=TrackVersion.objects.of_owner(request.user), version=id)
    row = own.select_related("version", "media").filter(pk=stem).first()
    if row is None:
        raise NotFound
    return row


def _answer(stem: Stem | None, request: Request) -> Response:
    if stem is None:
        raise NotFound
    return Response(StemState(stem_data(stem, request.user)).data, headers=NO_STORE)
