"""`/api/v1/releases/`: releases as programs make, read and change them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS, AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.problems import Problem
from tracks import attesting
from tracks.access import User
from tracks.collections import selectors as collecting
from tracks.collections import services as collections
from tracks.covers.presenters import cover_state
from tracks.hidden_words import shown
from tracks.models import Release, Track
from tracks.releases import selectors
from tracks.releases.serializers import (
    ListedRelease,
    NewPlace,
    NewRelease,
    Order,
    ReleasePage,
    ReleaseWords,
    WholeRelease,
)
from tracks.releases.services import drafts, ordering, publishing, words
from tracks.visibility.services import opening

WORDS = ("description_md", "notes_md")
HOW = {"visibility", "release_at", "time_zone"}
Said = dict[str, Any]


class _ReadByAll(APIView):
    """Whoever may open a release reads it; whoever is signed in may have their own."""

    def get_permissions(self) -> list[Any]:
        """Let everybody read."""
        return [AllowAny() if self.request.method in SAFE_METHODS else IsAuthenticated()]


class ReleasesView(_ReadByAll):
    """Releases that everybody may find, or one's own."""

    @extend_schema(
        operation_id="releases",
        parameters=[
            OpenApiParameter("mine", bool, description="Only one's own, whoever may open them."),
            OpenApiParameter("before", str, description="From `next` of the page before."),
        ],
        responses=ReleasePage,
    )
    def get(self, request: Request) -> Response:
        """Tell of up to 24, newest first."""
        asked = request.query_params
        mine = asked.get("mine") in {"1", "true"} and request.user.is_authenticated
        page = selectors.listed(request.user, mine=mine, before=asked.get("before", ""))
        rest = f"{'?mine=1&' if mine else '?'}before={page.next_cursor}" if page.next_cursor else ""
        told = ListedRelease(page.rows, many=True).data
        return Response({"releases": told, "next": rest}, headers=NO_STORE)

    @extend_schema(operation_id="release_create", request=NewRelease, responses={201: WholeRelease})
    def post(self, request: Request) -> Response:
        """Make one of one's own tracks, or the draft of one."""
        said = validated(NewRelease, request)
        tracks, draft = said.pop("tracks"), said.pop("draft")
        with attesting.attested(said.pop("attested", None)), transaction.atomic():
            title = said.pop("title")
            if draft:
                made = drafts.begin(owner=request.user, title=title)
            else:
                begun: Any = {"title": title}
                made = collections.create(kind="release", owner=request.user, words=begun)  # type: ignore[assignment]
            ordering.put(release=made, places=[(key, 1) for key in tracks], by=request.user)
            _change(made, said, request)
        return Response(_told(made.pk, request.user), status=status.HTTP_201_CREATED)


class ReleaseView(_ReadByAll):
    """One release."""

    @extend_schema(operation_id="release", responses=WholeRelease)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell everything of it that the asker may open."""
        get_object_or_404(Release.objects.visible_to(request.user), pk=id)
        return Response(_told(id, request.user), headers=NO_STORE)

    @extend_schema(operation_id="release_change", request=ReleaseWords, responses=WholeRelease)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change what is named; `visibility` and `release_at` say who may open it and when."""
        found, said = _own(request, id), validated(ReleaseWords, request)
        with attesting.attested(said.pop("attested", None)), transaction.atomic():
            _change(found, said, request)
        return Response(_told(id, request.user), headers=NO_STORE)

    @extend_schema(operation_id="release_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete the release; its tracks stay."""
        collections.delete(collection=_own(request, id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReleaseTracksView(APIView):
    """What stands on a release, for its owner."""

    @extend_schema(operation_id="release_order", request=Order, responses=WholeRelease)
    def put(self, request: Request, id: UUID) -> Response:
        """Let these tracks and no others stand on it, in this order."""
        found, said = _own(request, id), validated(Order, request)
        with attesting.attested(said.get("attested")):
            ordering.put(release=found, places=said["tracks"], by=request.user)
        return Response(_told(id, request.user), headers=NO_STORE)

    @extend_schema(operation_id="release_add", request=NewPlace, responses={201: WholeRelease})
    def post(self, request: Request, id: UUID) -> Response:
        """Put one track at its end; with a `path`, its tags are read as those of a draft."""
        found, said = _own(request, id), validated(NewPlace, request)
        own = Track.objects.filter(owner_id=found.owner_id)
        track = get_object_or_404(own, pk=said["track"])
        with attesting.attested(said.get("attested")):
            drafts.add(release=found, track=track, path=said["path"])
        drafts.settle(release=found)
        return Response(_told(id, request.user), status=status.HTTP_201_CREATED)


def _change(release: Release, said: Said, request: Request) -> None:
    how = {name: said.pop(name) for name in HOW & set(said)}
    if said:
        words.edit(release=release, words=said, by=request.user)
    if zone := how.get("time_zone"):
        publishing.choose_zone(release=release, time_zone=zone, by=request.user)
    _open(release, how, request)


def _open(release: Release, how: Said, request: Request) -> None:
    """Let who may open it be as is said; what a program sends back as it was told changes nothing.

    An hour stays while it is not spoken of: who only says “public” does not bring it out early.
    """
    visibility, moment = how.get("visibility"), how.get("release_at")
    is_public = visibility in {None, Release.Visibility.PUBLIC}
    if moment and not is_public:
        sentence = "Only a public release has an hour. Say public, or leave the hour out."
        raise Problem("hour-of-closed", sentence)
    if moment:
        publishing.schedule_at(release=release, moment=moment, by=request.user)
    elif not is_public:
        publishing.withdraw(release=release, visibility=str(visibility), by=request.user)
    elif "release_at" in how if opening.is_coming(release) else visibility:
        publishing.publish(release=release, by=request.user)


def _own(request: Request, id: UUID) -> Any:
    return get_object_or_404(selectors.own(request.user), pk=id)


def _told(id: UUID, viewer: User) -> dict[str, Any]:
    """Return a release with those of its tracks that this person may open. Three queries."""
    release: Any = Release.objects.select_related("owner", "label", "cover").get(pk=id)
    release.tracks = collecting.visible_items(release, viewer).select_related("track")
    release.cover_told = cover_state(release)
    read = {name: shown(getattr(release, name), release, viewer) for name in WORDS}
    return WholeRelease(release).data | read
