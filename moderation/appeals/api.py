"""`/api/v1/decisions/{id}/appeal/`: saying that a decision is wrong."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.problems import Problem
from moderation.appeals.services import appeal
from moderation.decisions.selectors import decisions_of
from moderation.decisions.serializers import AppealTold
from moderation.models.appeal import APPEAL_CHARS


class NewAppeal(serializers.Serializer[Any]):
    """Why the decision is wrong."""

    text = serializers.CharField(max_length=APPEAL_CHARS)


class AppealView(APIView):
    """The appeal against a decision about something of one's own."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="decision_appeal", request=NewAppeal, responses={201: AppealTold})
    def post(self, request: Request, id: UUID) -> Response:
        """Appeal: a person looks at it again and answers in words. Once, within six months."""
        found = decisions_of(request.user).filter(pk=id).first()
        if found is None:
            raise Problem("not-found", "There is no such decision about you.", status=404)
        made = appeal(decision=found, text=validated(NewAppeal, request)["text"])
        return Response(AppealTold(made).data, status.HTTP_201_CREATED, headers=NO_STORE)
