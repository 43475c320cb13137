"""`/api/v1/charities/`: whom givers can share with, and what they got, for programs."""

from datetime import datetime

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from economics import days
from economics.charities import presenters, selectors
from economics.charities.serializers import CharitiesTold, CharityWithRuns, run_told, told
from economics.models import Charity

DAY = OpenApiParameter("day", str, description="Totals as of the end of this day: 2026-11-30.")


class CharitiesView(APIView):
    """Every charity."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="charities", responses=CharitiesTold, parameters=[DAY])
    def get(self, request: Request) -> Response:
        """Tell all of them with their totals, those that can be chosen first."""
        before = _before(request)
        return Response({"results": [told(one) for one in presenters.all_of(before)]})


class CharityView(APIView):
    """One charity."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="charity", responses=CharityWithRuns, parameters=[DAY])
    def get(self, request: Request, slug: str) -> Response:
        """Tell its totals, and what was sent to it with the files that show it."""
        charity = Charity.objects.filter(slug=slug).first()
        if charity is None:
            raise NotFound
        one = presenters.one_of(charity, _before(request))
        runs = [run_told(row, slug) for row in selectors.runs(charity)]
        return Response(told(one) | {"runs": runs})


def _before(request: Request) -> datetime | None:
    day = days.read_day(request.query_params.get("day", ""))
    return days.end_of(day) if day else None
