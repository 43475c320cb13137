"""`/api/v1/tracks/{id}/credits/`, `/api/v1/releases/{id}/credits/` and `/api/v1/names/`."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from tracks.credits import presenters, selectors
from tracks.credits.serializers import (
    ArtistTold,
    CreditsTold,
    CreditsWords,
    NamesTold,
    artists_in,
    credits_in,
    names_told,
    told,
)
from tracks.credits.services import crediting
from tracks.models import Release, Track
from tracks.models.credit import NAME_MAX

KEY = OpenApiParameter("token", str, description="The key of an unlisted one.")


class CreditsView(APIView):
    """Who made a track."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(operation_id="track_credits", parameters=[KEY], responses=CreditsTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell it to whoever may listen."""
        return _answer(self.opened(request, id))

    @extend_schema(operation_id="track_set_credits", request=CreditsWords, responses=CreditsTold)
    def put(self, request: Request, id: UUID) -> Response:
        """Say it of one's own, instead of what was said before."""
        thing = self.own(request, id)
        words = validated(CreditsWords, request)
        with transaction.atomic():
            if "artists" in words:
                artists = artists_in(words["artists"])
                crediting.set_artists(thing=thing, artists=artists, by=request.user)
            if "credits" in words:
                credits = credits_in(words["credits"])
                crediting.set_credits(thing=thing, credits=credits, by=request.user)
        return _answer(self.own(request, id))

    def opened(self, request: Request, id: UUID) -> Any:
        """Return what the asker may open. Raises NotFound."""
        key = request.query_params.get("token", "")
        return _one(Track.objects.opened_by(request.user, key, request.session), id)

    def own(self, request: Request, id: UUID) -> Any:
        """Return what is the asker's own. Raises NotFound."""
        return _one(Track.objects.filter(owner_id=request.user.pk), id)


class ReleaseCreditsView(CreditsView):
    """Who made a release."""

    @extend_schema(operation_id="release_credits", parameters=[KEY], responses=CreditsTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell it to whoever may open it."""
        return super().get(request, id)

    @extend_schema(operation_id="release_set_credits", request=CreditsWords, responses=CreditsTold)
    def put(self, request: Request, id: UUID) -> Response:
        """Say it of one's own, instead of what was said before."""
        return super().put(request, id)

    def opened(self, request: Request, id: UUID) -> Any:
        """Return what the asker may open. Raises NotFound."""
        rows = Release.objects.visible_to(request.user)
        key = request.query_params.get("token", "")
        return _one(rows | Release.objects.opened_by_token(key, request.user), id)

    def own(self, request: Request, id: UUID) -> Any:
        """Return what is the asker's own. Raises NotFound."""
        return _one(Release.objects.filter(owner_id=request.user.pk), id)


class ArtistView(APIView):
    """A name, and what it is credited for."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="artist", responses=ArtistTold)
    def get(self, request: Request, slug: str) -> Response:
        """Tell what its page shows. What it plays: `/api/v1/lists/artist/{slug}/`."""
        try:
            name = selectors.name_of(slug, request.user)
        except Http404:
            raise NotFound from None
        told = ArtistTold(presenters.name_page(name, request.user, "", "")).data
        return Response(told, headers=NO_STORE)


class NamesView(APIView):
    """Names, as one types."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="names",
        parameters=[OpenApiParameter("begins", str, description="The first letters.")],
        responses=NamesTold,
    )
    def get(self, request: Request) -> Response:
        """Offer up to ten: of music that everybody may find, and the asker's own."""
        begins = request.query_params.get("begins", "")[:NAME_MAX]
        found = selectors.offered(begins, request.user)
        return Response(names_told(found), headers=NO_STORE)


def _one(rows: Any, id: UUID) -> Any:
    found = rows.select_related("owner").filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def _answer(thing: Any) -> Response:
    return Response(CreditsTold(told(thing)).data, headers=NO_STORE)
