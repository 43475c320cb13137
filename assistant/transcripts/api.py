"""`/api/v1/tracks/{id}/transcript/` and `transcript.vtt`, `.srt`, `.lrc`, `.txt`."""

from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assistant.transcripts import presenters, selectors
from assistant.transcripts.formats.writing import TYPES, WRITERS
from assistant.transcripts.forms import replaced
from assistant.transcripts.serializers import TranscriptTold, TranscriptWords
from assistant.transcripts.services import editing
from config.lib.api.bodies import NO_STORE, validated
from config.lib.problems import Problem
from tracks.languages import language as read_language
from tracks.models import TrackVersion

ASKED = [
    OpenApiParameter("token", str, description="The key of an unlisted track."),
    OpenApiParameter("v", int, description="The number of another version than the primary one."),
]


class TranscriptView(APIView):
    """The words of one track."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(operation_id="track_transcript", parameters=ASKED, responses=TranscriptTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell them, with the time of each word, to whoever may open it."""
        version = _opened(request, id)
        return _answer(version, selectors.shown(version, request.user))

    @extend_schema(
        operation_id="track_change_transcript",
        parameters=ASKED[1:],
        request=TranscriptWords,
        responses=TranscriptTold,
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """Change the words of a track of one's own."""
        version = presenters.own(id, request.user, request.query_params.get("v", ""))
        words = validated(TranscriptWords, request)
        found = selectors.of(version)
        rows = found.segments if found else []
        try:
            if "segments" in words:
                rows = replaced(rows, words["segments"])
            language = read_language(words["language"])[:12] if "language" in words else None
        except ValueError as error:
            raise Problem("transcript-unreadable", str(error), status=422) from error
        saved = editing.save(
            version=version,
            by=request.user,
            revision=words["revision"],
            rows=rows,
            language=language,
        )
        return _answer(version, saved)


class TranscriptFileView(APIView):
    """The words of one track as a file."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        operation_id="track_transcript_file",
        parameters=ASKED,
        responses={(200, "text/plain"): OpenApiTypes.STR},
    )
    def get(self, request: Request, id: UUID, ending: str) -> HttpResponse:
        """Hand it over to whoever may open it: `vtt`, `srt`, `lrc` or `txt`."""
        version = _opened(request, id)
        found = selectors.shown(version, request.user)
        if found is None or ending not in WRITERS:
            raise Http404
        name = f"{version.track.slug}.{ending}"
        headers = NO_STORE | {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(
            WRITERS[ending](found.segments), content_type=TYPES[ending], headers=headers
        )


def _opened(request: Request, id: UUID) -> TrackVersion:
    asked = request.query_params
    return presenters.opened(
        id, request.user, asked.get("token", ""), request.session, asked.get("v", "")
    )


def _answer(version: TrackVersion, found: object) -> Response:
    told = presenters.told(version, found)  # type: ignore[arg-type]
    return Response(TranscriptTold(told).data, headers=NO_STORE)
