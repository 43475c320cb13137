"""What stands in a playlist: put, add, move, take out, bring from a file."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from tracks.collections import ordering
from tracks.collections import services as collections
from tracks.collections.entries import Asker
from tracks.collections.ordering import Beside
from tracks.models import Track
from tracks.playlists import selectors
from tracks.playlists.api.finding import arranged
from tracks.playlists.formats.lines import BYTES_MOST
from tracks.playlists.presenters import state
from tracks.playlists.serializers import (
    Added,
    Imported,
    Move,
    Moved,
    OneTrack,
    PlaylistFile,
    PlaylistState,
    TracksWords,
)
from tracks.playlists.services import files, filling


class ItemsView(APIView):
    """All of it at once."""

    @extend_schema(operation_id="playlist_put", request=TracksWords, responses=PlaylistState)
    def put(self, request: Request, id: UUID) -> Response:
        """Let these tracks, in this order, be what stands in it."""
        row, words = arranged(request, id), validated(TracksWords, request)
        asker = Asker(request.user, session=request.session)
        tracks = selectors.openable(words["tracks"], asker, words["keys"])
        filling.put(playlist=row, tracks=tracks, by=request.user)
        answer = state(arranged(request, id), request.user)
        return Response(PlaylistState(answer).data, headers=NO_STORE)

    @extend_schema(operation_id="playlist_add", request=OneTrack, responses={201: Added})
    def post(self, request: Request, id: UUID) -> Response:
        """Put one track at its end."""
        row, words = arranged(request, id), validated(OneTrack, request)
        opened = Track.objects.opened_by(request.user, words["key"], request.session)
        track = opened.filter(pk=words["track"]).first()
        if track is None:
            raise NotFound
        made = collections.add(collection=row, track=track, by=request.user)
        return Response(Added({"id": made.pk}).data, status=status.HTTP_201_CREATED)


class ItemView(APIView):
    """One place in it."""

    @extend_schema(operation_id="playlist_move", request=Move, responses=Moved)
    def patch(self, request: Request, id: UUID, item: UUID) -> Response:
        """Let it stand beside another; where that is gone it stays near."""
        row, words = arranged(request, id), validated(Move, request)
        to = Beside(words.get("behind"), words.get("before"))
        moved = ordering.move(collection=row, item_id=item, to=to, by=request.user)
        if moved is None:
            raise NotFound
        return Response(Moved({"revision": moved[0], "behind": moved[1]}).data)

    @extend_schema(operation_id="playlist_take_out", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID, item: UUID) -> Response:
        """Take it out."""
        row = arranged(request, id)
        if collections.remove(collection=row, item_id=item, by=request.user) is None:
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportView(APIView):
    """A file, put at its end."""

    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="playlist_import", request=PlaylistFile, responses=Imported)
    def post(self, request: Request, id: UUID) -> Response:
        """Add what an M3U8 or XSPF names and is here; nothing is fetched."""
        row = arranged(request, id)
        serializer = PlaylistFile(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data["file"].read(BYTES_MOST + 1)
        brought = files.bring(by=request.user, data=data, into=row)
        return Response(Imported({"count": brought.count, "missing": brought.missing}).data)
