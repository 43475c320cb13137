"""`/api/v1/me/earnings/`: what was given to whoever asks, for programs."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from economics import days
from economics.earnings import presenters
from economics.earnings.serializers import EarningsTold, told

DAY = OpenApiParameter("day", str, description="As of the end of this day: 2026-11-30.")
BEFORE = OpenApiParameter("before", str, description="`next` of the answer before.")


class EarningsView(APIView):
    """What one was given as an artist."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_earnings", parameters=[DAY, BEFORE], responses=EarningsTold)
    def get(self, request: Request) -> Response:
        """Tell it by month, piece and charity, and who gave it, newest first."""
        asked = request.query_params
        day = days.read_day(asked.get("day", ""))
        found = presenters.page(request.user, day, asked.get("before", ""))
        return Response(told(found), headers=NO_STORE)
