"""`/api/v1/tracks/{id}/restore/`: bringing a deleted track back."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracks.deleted import selectors, services
from tracks.describing.api import describe, own
from tracks.describing.serializers import TrackState


class TrackRestoreView(APIView):
    """A deleted track of one's own."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="track_restore", request=None, responses=TrackState)
    def post(self, request: Request, id: UUID) -> Response:
        """Bring it back as it was, within 30 days."""
        thing = selectors.thing_of(request.user, "track", id)
        services.restore(thing=thing, by=request.user)
        return Response(
            describe(own(request, id), request.user), headers={"Cache-Control": "no-store"}
        )
