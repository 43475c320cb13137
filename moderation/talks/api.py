"""`/api/v1/me/talks/`: what moderators wrote to somebody, and their answers, for programs."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.paging import page
from moderation.talks import selectors, services
from moderation.talks.serializers import MessageTold, NewAnswer, TalksPage, told

BEFORE = OpenApiParameter("before", str, description="`next` of the page before.")


class OwnTalksView(APIView):
    """Talks of moderators with whoever asks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_talks", parameters=[BEFORE], responses=TalksPage)
    def get(self, request: Request) -> Response:
        """Tell a page of them with their messages, newest first."""
        before = request.query_params.get("before", "")
        found = page(selectors.talks_with(request.user, before), lambda row: row.pk.hex)
        words = {"talks": [told(row) for row in found.rows], "next": found.next_cursor or None}
        return Response(TalksPage(words).data, headers=NO_STORE)


class AnswerView(APIView):
    """Answering in one of one's talks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_talk_answer", request=NewAnswer, responses={201: MessageTold})
    def post(self, request: Request, id: UUID) -> Response:
        """Answer. At most five messages in a row, and twenty an hour."""
        found = selectors.talks_with(request.user).filter(pk=id).first()
        if found is None:
            raise NotFound
        made = services.answer(talk=found, words=validated(NewAnswer, request)["text"])
        return Response(MessageTold(made).data, status.HTTP_201_CREATED, headers=NO_STORE)
