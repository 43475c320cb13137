"""Whom an artist lets keep more: grants of a track or release, and the list of listeners."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from tracks.downloads import selectors
from tracks.downloads.services import people
from tracks.models import DownloadGrant, Given, ListedListener, Release, Track

MOST = 200  # rows that one answer tells


class Person(serializers.Serializer[Any]):
    """Somebody with an account."""

    handle = serializers.CharField()
    name = serializers.CharField()


class GrantState(serializers.Serializer[Any]):
    """Leave for one person; `what` empty means everything of it."""

    id = serializers.UUIDField()
    person = Person()
    what = serializers.CharField()
    granted_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class GrantWords(serializers.Serializer[Any]):
    """Whom to let keep what, and until when; without an end until it is taken back."""

    handle = serializers.CharField(max_length=80)
    what = serializers.ChoiceField(Given.choices, required=False, allow_blank=True, default="")
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class GrantList(serializers.Serializer[Any]):
    """Valid grants, newest first."""

    results = GrantState(many=True)


class ListenerState(serializers.Serializer[Any]):
    """Somebody on the list."""

    person = Person()
    note = serializers.CharField()
    added_at = serializers.DateTimeField()


class ListenerWords(serializers.Serializer[Any]):
    """Whom to put on the list."""

    handle = serializers.CharField(max_length=80)
    note = serializers.CharField(
        max_length=people.NOTE_MAX, required=False, allow_blank=True, default=""
    )


class ListenerList(serializers.Serializer[Any]):
    """Up to 200 people, newest first; `next` is the `before` of those that follow, or empty."""

    results = ListenerState(many=True)
    next = serializers.CharField(allow_blank=True)


class _Grants(APIView):
    permission_classes = [IsAuthenticated]
    model: type[Track] | type[Release]

    def _list(self, request: Request, id: UUID) -> Response:
        rows = selectors.grants_of(_own(self.model, request, id))[:MOST]
        return Response(GrantList({"results": rows}).data, headers=NO_STORE)

    def _add(self, request: Request, id: UUID) -> Response:
        thing, words = _own(self.model, request, id), validated(GrantWords, request)
        person = people.person_called(words.pop("handle"), request.user)
        row = people.grant(thing=thing, person=person, by=request.user, **words)
        body = GrantState(row).data
        return Response(body, status=status.HTTP_201_CREATED, headers=NO_STORE)


class TrackGrantsView(_Grants):
    """Whom a track's artist lets keep it."""

    model = Track

    @extend_schema(operation_id="track_grants", responses=GrantList)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the valid grants."""
        return self._list(request, id)

    @extend_schema(operation_id="track_grant", request=GrantWords, responses={201: GrantState})
    def post(self, request: Request, id: UUID) -> Response:
        """Let somebody keep it."""
        return self._add(request, id)


class ReleaseGrantsView(_Grants):
    """Whom a release's artist lets keep it."""

    model = Release

    @extend_schema(operation_id="release_grants", responses=GrantList)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the valid grants."""
        return self._list(request, id)

    @extend_schema(operation_id="release_grant", request=GrantWords, responses={201: GrantState})
    def post(self, request: Request, id: UUID) -> Response:
        """Let somebody keep it."""
        return self._add(request, id)


class GrantView(APIView):
    """One grant."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="grant_revoke", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it back."""
        me = request.user.pk
        rows = DownloadGrant.objects.select_related("track", "release")
        row = (rows.filter(track__owner=me) | rows.filter(release__owner=me)).filter(pk=id).first()
        if row is None:
            raise NotFound
        people.revoke(row=row, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ListenersView(APIView):
    """One's list of listeners."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="listeners",
        parameters=[OpenApiParameter("before", str, description="`next` of the answer before.")],
        responses=ListenerList,
    )
    def get(self, request: Request) -> Response:
        """Tell who is on it."""
        before = request.query_params.get("before", "")
        found = selectors.listeners_page(request.user, before, MOST)
        body = ListenerList({"results": found.rows, "next": found.next_cursor}).data
        return Response(body, headers=NO_STORE)

    @extend_schema(
        operation_id="listener_add", request=ListenerWords, responses={201: ListenerState}
    )
    def post(self, request: Request) -> Response:
        """Put somebody on it; again only changes the note."""
        words = validated(ListenerWords, request)
        person = people.person_called(words["handle"], request.user)
        row = people.list_listener(owner=request.user, person=person, note=words["note"])
        body = ListenerState(row).data
        return Response(body, status=status.HTTP_201_CREATED, headers=NO_STORE)


class ListenerView(APIView):
    """Somebody on one's list."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="listener_remove", request=None, responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Take them off it."""
        rows = ListedListener.objects.filter(owner=request.user.pk, person__handle=handle.lower())
        row = rows.first()
        if row is None:
            raise NotFound
        people.unlist_listener(listener=row, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(model: Any, request: Request, id: UUID) -> Any:
    thing = model.objects.filter(owner=request.user.pk, pk=id).first()
    if thing is None:
        raise NotFound
    return thing
