"""`/api/v1/tracks|releases/{id}/download/`: something to keep; `/me/downloads/`: what was taken."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from tracks.downloads import selectors
from tracks.downloads.presenters import Line, own_page
from tracks.downloads.services import giving
from tracks.models import Given, Release, Track

MOST = 200  # rows that one answer tells
UUID_OR_NOTHING = serializers.UUIDField(allow_null=True)
KEY = OpenApiParameter("token", str, description="The key of an unlisted track or release.")
SENT_ON = OpenApiResponse(description="The signed address, good for twelve hours; takes ranges.")
REFUSED = OpenApiResponse(description="`not-allowed`")
MISSING = OpenApiResponse(description="`not-found`, or `not-there`: no such file of it.")
WAITS = OpenApiResponse(
    description="`being-prepared`, with `retry_after` in seconds and `progress` in percent."
)
ANSWERS = {302: SENT_ON, 403: REFUSED, 404: MISSING, 202: WAITS}


def _what(*values: str) -> OpenApiParameter:
    return OpenApiParameter("what", str, enum=list(values), default=Given.ORIGINAL.value)


class DownloadState(serializers.Serializer[Any]):
    """Something one has downloaded; `track` or `release` is empty where it is not open any more,
    and `again` where it may not be kept any more."""

    id = serializers.UUIDField(source="row.pk")
    title = serializers.CharField(source="row.title")
    artist = serializers.CharField(source="row.owner.name")
    track = serializers.SerializerMethodField()
    release = serializers.SerializerMethodField()
    what = serializers.ChoiceField(Given.choices, source="row.what")
    size_bytes = serializers.IntegerField(source="row.size_bytes")
    at = serializers.DateTimeField(source="row.at")
    again = serializers.SerializerMethodField()

    @extend_schema_field(UUID_OR_NOTHING)
    def get_track(self, line: Line) -> UUID | None:
        """Return the track's id."""
        return line.thing.pk if isinstance(line.thing, Track) else None

    @extend_schema_field(UUID_OR_NOTHING)
    def get_release(self, line: Line) -> UUID | None:
        """Return the release's id."""
        return line.thing.pk if isinstance(line.thing, Release) else None

    @extend_schema_field(serializers.CharField())
    def get_again(self, line: Line) -> str:
        """Return where a program asks for it again."""
        if not (line.again and line.thing):
            return ""
        kind = "release" if isinstance(line.thing, Release) else "track"
        return f"{reverse(f'api-{kind}-download', args=[line.thing.pk])}?what={line.row.what}"


class DownloadList(serializers.Serializer[Any]):
    """Up to 200 downloads, newest first; `next` is the `before` of those that follow, or empty."""

    results = DownloadState(many=True)
    next = serializers.CharField(allow_blank=True)


class OwnDownloadsView(APIView):
    """What one has downloaded."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="own_downloads",
        parameters=[OpenApiParameter("before", str, description="`next` of the answer before.")],
        responses=DownloadList,
    )
    def get(self, request: Request) -> Response:
        """Tell what one has downloaded, with where to ask for it again."""
        before = request.query_params.get("before", "")
        found = own_page(request.user, before, MOST)
        body = DownloadList({"results": found.rows, "next": found.next_cursor}).data
        return Response(body, headers=NO_STORE)


class _Download(APIView):
    permission_classes = [AllowAny]
    model: type[Track] | type[Release]

    def _send(self, request: Request, id: UUID) -> HttpResponseBase:
        key = request.query_params.get("token", "")
        thing = _opened(self.model, request, id, key)
        what = request.query_params.get("what", Given.ORIGINAL.value)
        download = giving.ask(thing=thing, what=what, by=giving.asker(request, key))
        return HttpResponseRedirect(giving.address_of(download), headers=NO_STORE)


class TrackDownloadView(_Download):
    """A file of a track."""

    model = Track

    @extend_schema(
        operation_id="track_download", parameters=[_what(*Given.values), KEY], responses=ANSWERS
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """Count a download and send on to its address; ask again while it is being prepared."""
        return self._send(request, id)


class ReleaseDownloadView(_Download):
    """A release as a zip."""

    model = Release

    @extend_schema(
        operation_id="release_download",
        parameters=[_what(*selectors.OF_RELEASE), KEY],
        responses=ANSWERS,
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """Count a download and send on to its address; ask again while it is being prepared."""
        return self._send(request, id)


def _opened(model: Any, request: Request, id: UUID, key: str) -> Any:
    opened = model.objects.visible_to(request.user)
    if key:
        opened |= model.objects.opened_by_token(key, request.user)
    thing = opened.select_related("owner").filter(pk=id).first()
    if thing is None:
        raise NotFound
    return thing
