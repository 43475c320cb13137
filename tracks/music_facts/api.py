"""`/api/v1/tracks/{id}/music/`: tempo and key of a track."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from tracks.models import Track
from tracks.music_facts import services
from tracks.music_facts.serializers import MusicTold, MusicWords, told


class MusicView(APIView):
    """Tempo and key of one track."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        operation_id="track_music",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=MusicTold,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell them to whoever may listen."""
        key = request.query_params.get("token", "")
        return _answer(_one(Track.objects.opened_by(request.user, key, request.session), id))

    @extend_schema(operation_id="track_set_music", request=MusicWords, responses=MusicTold)
    def patch(self, request: Request, id: UUID) -> Response:
        """Say them of a track of one's own."""
        track = _one(Track.objects.filter(owner_id=request.user.pk), id)
        words = validated(MusicWords, request)
        bpm = words.get("bpm", "" if track.bpm is None else str(track.bpm))
        key = words.get("music_key", track.music_key)
        return _answer(services.say(track=track, bpm=bpm, key=key, by=request.user))


def _one(rows: Any, id: UUID) -> Track:
    found: Track | None = rows.filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def _answer(track: Track) -> Response:
    return Response(MusicTold(told(track)).data, headers=NO_STORE)
