"""`/api/v1/tracks|releases/{id}/download/`: something to keep."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from tracks.downloads import selectors
from tracks.downloads.services import giving
from tracks.models import Given, Release, Track

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
