"""`/api/v1/me/exports/`: archives of one's data, for programs. They are fetched in a browser."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from social.exports.presenters import STATES, Line, lines_of
from social.exports.services.beginning import begin

PRIVATE = {"Cache-Control": "private, no-store"}


class ExportSerializer(serializers.Serializer[Line]):
    """An archive: how far it is, and where its owner fetches it, signed in."""

    id = serializers.UUIDField(source="export.pk")
    state = serializers.ChoiceField(STATES)
    percent = serializers.IntegerField()
    words = serializers.CharField(help_text="What it is at, or why it failed.")
    url = serializers.CharField(help_text="Empty before it is ready. A token does not open it.")
    size_bytes = serializers.IntegerField(source="export.size_bytes")
    sha256 = serializers.CharField(source="export.sha256")
    created_at = serializers.DateTimeField(source="export.created_at")
    ready_at = serializers.DateTimeField(source="export.ready_at", allow_null=True)
    expires_at = serializers.DateTimeField(source="export.expires_at", allow_null=True)


class ExportList(serializers.Serializer[Any]):
    """The archives there are."""

    exports = ExportSerializer(many=True)


class ExportsView(APIView):
    """The archives of one's data."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="exports_list", responses=ExportList)
    def get(self, request: Request) -> Response:
        """Tell which archives there are, the newest first."""
        person: Any = request.user
        return Response(ExportList({"exports": lines_of(person)}).data, headers=PRIVATE)

    @extend_schema(operation_id="export_create", request=None, responses={202: ExportSerializer})
    def post(self, request: Request) -> Response:
        """Have an archive made of everything of one's own."""
        person: Any = request.user
        made = begin(person=person)
        body = ExportSerializer(_line(person, made.pk)).data
        return Response(body, status=status.HTTP_202_ACCEPTED, headers=PRIVATE)


class ExportView(APIView):
    """One archive of one's data."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="export", responses=ExportSerializer)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell how far it is."""
        person: Any = request.user
        return Response(ExportSerializer(_line(person, id)).data, headers=PRIVATE)


def _line(person: Any, export_id: UUID) -> Line:
    found = next((line for line in lines_of(person) if line.export.pk == export_id), None)
    if found is None:
        raise NotFound
    return found
