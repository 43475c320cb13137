"""`/api/v1/tracks/{id}/`: what a track is, told to whoever may open it, changed by its owner."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.problems import Problem
from tracks import attesting
from tracks.access import User
from tracks.addresses import address_by_key
from tracks.catalogue.services import deletion
from tracks.credits import serializers as credits
from tracks.describing import services as describing
from tracks.describing.serializers import TrackState, TrackWords
from tracks.hidden_words import LYRICS, is_owner, shown
from tracks.members import members_of
from tracks.models import Track
from tracks.models.described import Licence
from tracks.music_facts import serializers as music_facts
from tracks.tags import serializers as tags

SAME = (
    *("slug", "title", "artist", "form", "language", "content_warning", "ai_made", "licence"),
    *("isrc", "iswc", "visibility", "release_at", "published_at", "created_at", "updated_at"),
    *("gives_original", "gives_flac", "gives_mp3", "gives_stems"),
)
KEY = OpenApiParameter("token", str, description="The key of an unlisted track.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, "header", description="The ETag it was read with: 412 if it changed since."
)


class TrackView(APIView):
    """One track."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(operation_id="track_state", parameters=[KEY], responses=TrackState)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell what a track is."""
        key = request.query_params.get("token", "")
        opened = Track.objects.opened_by(request.user, key, request.session)
        track = opened.select_related("owner", "lyrics").filter(pk=id).first()
        if track is None:
            raise NotFound
        return _answer(track, request, key)

    @extend_schema(
        operation_id="track_describe",
        parameters=[IF_MATCH],
        request=TrackWords,
        responses=TrackState,
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """Say something else of a track of one's own."""
        track = own(request, id)
        if not isinstance(request.data, dict):
            raise Problem("invalid-input", "Send a JSON object.")
        serializer = TrackWords(data=request.data)
        serializer.is_valid(raise_exception=True)
        seen = request.headers.get("If-Match", "")
        with attesting.attested(serializer.validated_data.get("attested")):
            describing.describe(track=track, by=request.user, seen=seen, **serializer.words)
        return _answer(own(request, id), request)

    @extend_schema(operation_id="track_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Close a track of one's own to everybody; it can be brought back for 30 days."""
        deletion.delete(track=own(request, id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def own(request: Request, id: UUID) -> Track:
    """Return a track of the visitor's own. Raises NotFound."""
    rows = Track.objects.select_related("owner", "lyrics").filter(owner_id=request.user.pk)
    track = rows.filter(pk=id).first()
    if track is None:
        raise NotFound
    return track


def _answer(track: Track, request: Request, key: str = "") -> Response:
    headers = {"Cache-Control": "no-store", "ETag": describing.etag_of(track)}
    told = describe(track, request.user, key)
    return Response(told | members_of(track, request.user), headers=headers)


def describe(track: Track, viewer: User, key: str = "") -> dict[str, Any]:
    """Return the members of TrackState; `key` is what opened it to this viewer."""
    lyrics = getattr(track, "lyrics", None)
    return {
        "id": track.pk,
        "url": address_by_key(track, key),
        **{name: getattr(track, name) for name in SAME},
        "owner": track.owner.name,
        **credits.told(track),
        "tags": tags.told(track, is_owner=is_owner(track, viewer)),
        **music_facts.told(track),
        "description": shown(track.description_md, track, viewer),
        "speech": track.is_speech,
        "explicit": track.is_explicit,
        "sponsored": track.is_sponsored,
        "licence_url": Licence(track.licence).deed,
        "lyrics": shown(lyrics.text, track, viewer, LYRICS) if lyrics else "",
        "primary_version": track.primary_version_id,
    }
