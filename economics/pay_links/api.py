"""`/api/v1/me/pay-links/`: how one is paid, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from economics.pay_links import selectors, services
from economics.pay_links.serializers import NewPayLink, PayLinksTold, PayLinkTold, told


class PayLinksView(APIView):
    """How whoever asks is paid."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_pay_links", responses=PayLinksTold)
    def get(self, request: Request) -> Response:
        """Tell all of one's own, secret ones too."""
        rows = [told(row) for row in selectors.own(request.user)]
        return Response({"results": rows}, headers=NO_STORE)

    @extend_schema(operation_id="me_pay_link_add", request=NewPayLink, responses={201: PayLinkTold})
    def post(self, request: Request) -> Response:
        """Add one."""
        row = services.add(by=_person(request), **validated(NewPayLink, request))
        return Response(told(row), status=status.HTTP_201_CREATED, headers=NO_STORE)


class PayLinkView(APIView):
    """One of them."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_pay_link_remove", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it away."""
        row = selectors.find_own(request.user, id)
        if row is None:
            raise NotFound
        services.remove(row)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _person(request: Request) -> Any:
    return request.user
