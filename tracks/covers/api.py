"""`/api/v1/tracks/{id}/cover/` and `/api/v1/releases/{id}/cover/`: the owner's own picture."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from config.lib.api.parsers import JSONParser
from config.lib.problems import Problem
from tracks.covers import services as covers
from tracks.covers.presenters import cover_state
from tracks.covers.serializers import CoverState, Cut, square_of
from tracks.models import Release, Track

MODELS: dict[str, Any] = {"track": Track, "release": Release}
SQUARE = [
    OpenApiParameter(name, int, description="Of the square that is shown, in its pixels.")
    for name in ("x", "y", "side")
]


class PictureParser(BaseParser):
    """The bytes of a picture as the body: read up to one more than a cover may have."""

    media_type = "image/*"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Return the bytes."""
        return {"file": stream.read(covers.MOST_BYTES + 1)}


class PlainBytesParser(PictureParser):
    """The same, from whoever does not say what it is."""

    media_type = "application/octet-stream"


class CoverView(APIView):
    """The cover a thing has of its own, for its owner."""

    parser_classes = [PictureParser, PlainBytesParser, MultiPartParser, JSONParser]
    kind = ""

    @extend_schema(
        parameters=SQUARE,
        request={
            "image/*": {"type": "string", "format": "binary"},
            "multipart/form-data": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
            },
        },
        responses=CoverState,
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Give it a cover: JPEG, PNG or WebP, up to 20 MB and 40 million pixels."""
        thing = self._own(request, id)
        square = square_of(request.query_params.dict())
        sent = request.data.get("file") if hasattr(request.data, "get") else None
        if not sent or not isinstance(sent, bytes | UploadedFile):
            raise Problem("no-cover", "Send a picture as the body, or as the field “file”.")
        data = sent if isinstance(sent, bytes) else sent.read(covers.MOST_BYTES + 1)
        name = getattr(sent, "name", "") or "cover"
        covers.put(thing=thing, data=data, by=request.user, filename=name, square=square)
        return Response(cover_state(thing), headers=NO_STORE)

    @extend_schema(request=Cut, responses=CoverState)
    def patch(self, request: Request, id: UUID) -> Response:
        """Show another square of the picture that is there; an empty body means its middle."""
        thing = self._own(request, id)
        said = request.data if isinstance(request.data, dict) else {}
        covers.crop(thing=thing, square=square_of(said), by=request.user)
        return Response(cover_state(thing), headers=NO_STORE)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it away; without one, that of its file is shown."""
        covers.remove(thing=self._own(request, id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _own(self, request: Request, id: UUID) -> Any:
        rows = MODELS[self.kind].objects.select_related("owner", "cover__asset")
        return get_object_or_404(rows, owner=request.user, pk=id)


class TrackCoverView(CoverView):
    """The cover of a track."""

    kind = "track"


class ReleaseCoverView(CoverView):
    """The cover of a release."""

    kind = "release"
