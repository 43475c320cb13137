"""`/api/v1/me/verifications/`: showing who one is, for programs."""

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
from moderation.models import Verification
from moderation.verification import selectors, services
from moderation.verification.serializers import (
    NewVerification,
    VerificationsTold,
    VerificationTold,
    told,
)


class VerificationsView(APIView):
    """Verifications of whoever asks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_verifications", responses=VerificationsTold)
    def get(self, request: Request) -> Response:
        """Tell all of them, newest first."""
        rows = [told(row) for row in selectors.own(request.user)]
        return Response({"verifications": rows}, headers=NO_STORE)

    @extend_schema(
        operation_id="me_verify", request=NewVerification, responses={201: VerificationTold}
    )
    def post(self, request: Request) -> Response:
        """Begin one; `place` and `put` say what to do."""
        row = services.begin(person=_person(request), **validated(NewVerification, request))
        return Response(told(row), status=status.HTTP_201_CREATED, headers=NO_STORE)


class VerificationView(APIView):
    """One of them."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_verification", responses=VerificationTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell how it stands."""
        return Response(told(_own(request, id)), headers=NO_STORE)

    @extend_schema(operation_id="me_verification_give_up", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it back."""
        services.give_up(row=_own(request, id), by=_person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class VerificationCheckView(APIView):
    """Looking for the proof."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="me_verification_check", request=None, responses={202: VerificationTold}
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Have it looked for; what was found is told by the verification itself."""
        row = services.ask(row=_own(request, id), by=_person(request))
        return Response(told(row), status=status.HTTP_202_ACCEPTED, headers=NO_STORE)


def _person(request: Request) -> Any:
    return request.user


def _own(request: Request, key: UUID) -> Verification:
    found = selectors.find_own(request.user, key)
    if found is None:
        raise NotFound
    return found
