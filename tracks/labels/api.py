"""`/api/v1/labels/`: the names under which releases come out."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import SAFE_METHODS, AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.api.fields import LineField
from tracks.labels import selectors
from tracks.labels import services as labels


class LabelWords(serializers.Serializer[Any]):
    """What is said of a label."""

    name = LineField(max_length=labels.NAME_MAX)
    description_md = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    link = serializers.URLField(max_length=300, required=False, allow_blank=True)


class LabelTold(serializers.Serializer[Any]):
    """A label and its page."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")
    description_md = serializers.CharField()
    link = serializers.CharField()


class LabelsView(APIView):
    """One's own labels, at most 200."""

    @extend_schema(operation_id="labels", responses=LabelTold(many=True))
    def get(self, request: Request) -> Response:
        """Tell of them by name."""
        return Response(LabelTold(selectors.own(request.user), many=True).data, headers=NO_STORE)


class LabelView(APIView):
    """One label: everybody reads it, its owner changes it."""

    def get_permissions(self) -> list[Any]:
        """Let everybody read."""
        return [AllowAny() if self.request.method in SAFE_METHODS else IsAuthenticated()]

    @extend_schema(operation_id="label", responses=LabelTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell what is said of it."""
        found = get_object_or_404(selectors.opened(request.user), pk=id)
        return Response(LabelTold(found).data, headers=NO_STORE)

    @extend_schema(operation_id="label_change", request=LabelWords, responses=LabelTold)
    def put(self, request: Request, id: UUID) -> Response:
        """Say it anew; what is left out is empty."""
        found = get_object_or_404(selectors.own(request.user), pk=id)
        words = {"description_md": "", "link": ""} | validated(LabelWords, request)
        return Response(LabelTold(labels.edit(label=found, by=request.user, **words)).data)

    @extend_schema(operation_id="label_delete", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete it; its releases stay, without it."""
        found = get_object_or_404(selectors.own(request.user), pk=id)
        labels.delete(label=found, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
