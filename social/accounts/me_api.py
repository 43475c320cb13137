"""`/api/v1/me/…`: what is one's own, beside pages that are the same for everybody."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.problems import Problem
from social.models import Notification
from tracks.marks import marks_of

IDS_MOST = 100


class PersonBrief(serializers.Serializer[Any]):
    """Who is signed in."""

    id = serializers.UUIDField()
    handle = serializers.CharField()
    name = serializers.CharField()
    admin_url = serializers.SerializerMethodField(help_text="Empty for who is no moderator.")

    def get_admin_url(self, person: Any) -> str:
        """Return where moderators work."""
        return reverse("admin:index") if person.is_staff else ""


class Marks(serializers.Serializer[Any]):
    """Who is signed in, and what is theirs of the things asked for."""

    person = PersonBrief()
    unread = serializers.IntegerField(help_text="Notifications they have not read.")
    leaves_at = serializers.DateTimeField(
        allow_null=True, help_text="When their account is deleted, where they asked for it."
    )
    marks = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="The marks of each thing that has any: `owned`.",
    )


class MarksView(APIView):
    """What is one's own on a page."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="me_marks",
        parameters=[
            OpenApiParameter("ids", str, description="Up to 100 ids, with commas between them.")
        ],
        responses=Marks,
    )
    def get(self, request: Request) -> Response:
        """Tell which of these things (tracks, releases, playlists) are one's own, and how."""
        user: Any = request.user
        ids = _ids(request.query_params.get("ids", ""))
        unread = Notification.objects.heard_by(user).filter(read_at=None).count()
        found = {"person": user, "unread": unread, "marks": marks_of(user, ids)}
        found["leaves_at"] = user.leaves_at
        return Response(Marks(found).data, headers={"Cache-Control": "private, no-store"})


def _ids(text: str) -> list[UUID]:
    words = [word for word in text.split(",", IDS_MOST) if word]
    if len(words) > IDS_MOST:
        raise Problem("too-many-ids", f"Ask for up to {IDS_MOST} things at once.", field="ids")
    try:
        return [UUID(word) for word in words]
    except ValueError as error:
        raise Problem("invalid-ids", "These are no ids.", field="ids") from error
