"""`/api/v1/me/decisions/`: what was decided about one's own, for programs."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from config.lib.paging import page
from moderation.decisions import selectors
from moderation.decisions.serializers import DecisionsPage, told

BEFORE = OpenApiParameter("before", str, description="`next` of the page before.")


class OwnDecisionsView(APIView):
    """Decisions about what belongs to whoever asks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_decisions", parameters=[BEFORE], responses=DecisionsPage)
    def get(self, request: Request) -> Response:
        """Tell a page of them, each with its statement of reasons, newest first."""
        before = request.query_params.get("before", "")
        found = page(selectors.decisions_of(request.user, before), lambda row: row.pk.hex)
        selectors.carry_making(found.rows)
        words = {"decisions": [told(row) for row in found.rows], "next": found.next_cursor or None}
        return Response(DecisionsPage(words).data, headers=NO_STORE)
