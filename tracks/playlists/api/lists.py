"""One's playlists, and one of them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib import origins
from config.lib.api.bodies import NO_STORE, validated
from config.lib.problems import Problem
from tracks.collections import services as collections
from tracks.collections.entries import Asker
from tracks.playlists import selectors
from tracks.playlists.api.finding import opened, own
from tracks.playlists.presenters import as_file, brief, state
from tracks.playlists.serializers import (
    NewPlaylist,
    PlaylistBrief,
    PlaylistPage,
    PlaylistState,
    PlaylistWords,
)
from tracks.playlists.services import filling, smart

KEY = OpenApiParameter("token", str, description="The key of an unlisted playlist.")


class PlaylistsView(APIView):
    """The playlists of who is signed in."""

    @extend_schema(
        operation_id="playlists",
        parameters=[OpenApiParameter("before", str, description="`next` of the page before.")],
        responses=PlaylistPage,
    )
    def get(self, request: Request) -> Response:
        """Tell one's own and those one works on."""
        page = selectors.arranged(request.user, request.query_params.get("before", ""))
        results = [brief(row, request.user) for row in page.rows]
        data = {"results": results, "next": page.next_cursor}
        return Response(PlaylistPage(data).data, headers=NO_STORE)

    @extend_schema(
        operation_id="playlist_make", request=NewPlaylist, responses={201: PlaylistBrief}
    )
    def post(self, request: Request) -> Response:
        """Make one, of tracks in order or of rules; what is not open to you is refused."""
        words = validated(NewPlaylist, request)
        tracks, keys = words.pop("tracks"), words.pop("keys")
        found = selectors.openable(tracks, Asker(request.user, session=request.session), keys)
        rules = words.pop("rules", None)
        words = {"visibility": "private"} | words | {"rules": rules.kept() if rules else None}
        made = filling.make(by=request.user, words=words, tracks=found)
        return Response(
            PlaylistBrief(brief(made, request.user)).data, status=status.HTTP_201_CREATED
        )


class PlaylistView(APIView):
    """One playlist."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(operation_id="playlist", parameters=[KEY], responses=PlaylistState)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell it, with what the asker may open of it."""
        return _answer(opened(request, id), request)

    @extend_schema(operation_id="playlist_edit", request=PlaylistWords, responses=PlaylistState)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change what is said of one's own, who may open it, or its rules."""
        row = own(request, id)
        serializer = PlaylistWords(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        words = dict(serializer.validated_data)
        if rules := words.pop("rules", None):
            smart.change(playlist=row, criteria=rules, by=request.user)
        if words:
            collections.edit(playlist=row, words={"visibility": row.visibility} | words)
        return _answer(own(request, id), request)

    @extend_schema(operation_id="playlist_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete one's own; the tracks in it stay."""
        collections.delete(collection=own(request, id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class M3u8View(APIView):
    """A playlist as M3U8."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="playlist_m3u8", parameters=[KEY], responses=bytes)
    def get(self, request: Request, id: UUID) -> Any:
        """Give it with what the asker may hear of it."""
        return _file(request, id, "m3u8")


class XspfView(APIView):
    """A playlist as XSPF."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="playlist_xspf", parameters=[KEY], responses=bytes)
    def get(self, request: Request, id: UUID) -> Any:
        """Give it with what the asker may hear of it."""
        return _file(request, id, "xspf")


def _file(request: Request, id: UUID, form: str) -> Any:
    row, token = opened(request, id), request.query_params.get("token", "")
    asker = Asker(request.user, session=request.session)
    what = selectors.written("playlist", token or row.slug, asker, origins.home())
    return as_file(what, form)


def _answer(row: Any, request: Request) -> Response:
    if row is None:
        raise Problem("not-found", "There is no such playlist for you.", status=404)
    return Response(PlaylistState(state(row, request.user)).data, headers=NO_STORE)
