"""`/api/v1/tracks/{id}/suggestions/`, `/api/v1/suggestions/{id}/…`: for their owners’ programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assistant.models import Suggestion
from assistant.suggestions import selectors
from assistant.suggestions.serializers import Changed, ProposedTold, SuggestionTold, told
from assistant.suggestions.services import deciding
from config.lib.api.bodies import NO_STORE, validated
from tracks.models import Track


class SuggestionsView(APIView):
    """What machines propose to say of a track."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="track_suggestions", responses=ProposedTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell what waits for the answer of whoever may edit it."""
        if not Track.objects.filter(owner_id=request.user.pk, pk=id).exists():
            raise NotFound
        rows = [told(row) for row in selectors.open_of(id)]
        return Response({"results": rows}, headers=NO_STORE)


class AcceptView(APIView):
    """Taking a suggestion."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="suggestion_accept", request=Changed, responses=SuggestionTold)
    def post(self, request: Request, id: UUID) -> Response:
        """Say of the track what was suggested, or another value; twice is as once."""
        found, changed = _own(request, id), validated(Changed, request)
        row = deciding.accept(suggestion=found, by=_person(request), value=changed.get("value"))
        return Response(told(row), headers=NO_STORE)


class DismissView(APIView):
    """Not taking a suggestion."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="suggestion_dismiss", request=None, responses=SuggestionTold)
    def post(self, request: Request, id: UUID) -> Response:
        """Put it aside: the same does not come back."""
        row = deciding.dismiss(suggestion=_own(request, id), by=_person(request))
        return Response(told(row), headers=NO_STORE)


def _own(request: Request, id: UUID) -> Suggestion:
    found = selectors.find_own(request.user, id)
    if found is None:
        raise NotFound
    return found


def _person(request: Request) -> Any:
    return request.user
