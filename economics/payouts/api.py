"""`/api/v1/me/payouts/`: what is owed to whoever asks, for programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from economics import days
from economics.pay_links.selectors import find_own
from economics.payouts import selectors, services
from economics.payouts.serializers import NewPayout, PayoutsTold, PayoutTold, balance_told, told

DAY = OpenApiParameter("day", str, description="What was owed at the end of this day: 2026-11-30.")


class PayoutsView(APIView):
    """What is owed to whoever asks, and what they asked for."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_payouts", responses=PayoutsTold, parameters=[DAY])
    def get(self, request: Request) -> Response:
        """Tell what is owed, and the newest hundred that were asked for."""
        person = _person(request)
        rows = [told(row) for row in selectors.payouts_of(person)[:100]]
        balance = selectors.balance(person, _before(request))
        return Response(balance_told(balance) | {"results": rows}, headers=NO_STORE)

    @extend_schema(operation_id="me_payout_ask", request=NewPayout, responses={201: PayoutTold})
    def post(self, request: Request) -> Response:
        """Ask for some of it."""
        person, words = _person(request), validated(NewPayout, request)
        link = find_own(person, words["pay_link"])
        row = services.ask(by=person, amount=words["amount_cents"], link=link, key=words["key"])
        return Response(told(row), status=status.HTTP_201_CREATED, headers=NO_STORE)


class PayoutView(APIView):
    """Something that one has asked for."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_payout_withdraw", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it back, while it is not sent."""
        if selectors.find_own(request.user, id) is None:
            raise NotFound
        services.withdraw(id, by=_person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _person(request: Request) -> Any:
    return request.user


def _before(request: Request) -> datetime | None:
    day = days.read_day(request.query_params.get("day", ""))
    return days.end_of(day) if day else None
