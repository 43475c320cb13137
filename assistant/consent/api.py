"""`/api/v1/tracks/{id}/consent/`: where a track may be read by a machine; its owner's alone."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assistant.consent import services
from assistant.consent.selectors import Choice, choice_of
from assistant.consent.serializers import ConsentTold, ConsentWords, told
from config.lib.api.bodies import NO_STORE, validated
from tracks.models import Track


class ConsentView(APIView):
    """Where one track of one's own may be read."""

    @extend_schema(operation_id="track_consent", responses=ConsentTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell what counts, and which providers were let to read it so far."""
        return _answer(choice_of(_own(request, id).pk))

    @extend_schema(operation_id="track_consent_say", request=ConsentWords, responses=ConsentTold)
    def patch(self, request: Request, id: UUID) -> Response:
        """Say where it may be read; `nowhere` takes away what machines have made of it."""
        track = _own(request, id)
        words = validated(ConsentWords, request)
        return _answer(services.say(track=track, by=request.user, **words))


def _own(request: Request, id: UUID) -> Track:
    track = Track.objects.filter(owner_id=request.user.pk, pk=id).first()
    if track is None:
        raise NotFound
    return track


def _answer(choice: Choice) -> Response:
    return Response(ConsentTold(told(choice)).data, headers=NO_STORE)
