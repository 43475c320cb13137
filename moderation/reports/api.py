"""`/api/v1/reports/`: reporting for programs, with an account or without."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib import origins
from config.lib.api.bodies import NO_STORE, validated
from config.lib.client import client_key
from moderation import things
from moderation.reports.serializers import NewReport, ReportTold
from moderation.reports.services import report
from social.models import User
from social.viewers import viewer_of


class ReportsView(APIView):
    """Reports of what somebody can open."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="report_create", request=NewReport, responses={201: ReportTold})
    def post(self, request: Request) -> Response:
        """Report something. Answers with the page that tells how the report stands."""
        words = validated(NewReport, request)
        viewer = viewer_of(request, words["token"])
        found = things.find_seen(words["target_type"], words["target_id"], viewer)
        if found is None:
            raise NotFound
        made = report(
            kind=found[0],
            row=found[1],
            reason=words["kind"],
            words=words["description"],
            at_ms=words["at_ms"],
            source=client_key(request),
            reporter=request.user if isinstance(request.user, User) else None,
        )
        told = {"id": made.pk, "tracking_url": origins.home() + made.get_absolute_url()}
        return Response(ReportTold(told).data, status.HTTP_201_CREATED, headers=NO_STORE)
