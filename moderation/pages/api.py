"""`/api/v1/pages/…/`: the terms, and how to reach the operator, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.models import PageText
from moderation.pages.selectors import current


class PageTextTold(serializers.Serializer[Any]):
    """What a page says, in Markdown; `number` is 0 for what comes with Nexus."""

    page = serializers.ChoiceField(PageText.Page.choices)
    number = serializers.IntegerField(min_value=0)
    words = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)


class PageTextView(APIView):
    """One page of the site's own; `page` says which."""

    permission_classes = [AllowAny]
    page = ""

    @extend_schema(responses=PageTextTold)
    def get(self, request: Request) -> Response:
        """Tell what it says now, and since when."""
        return Response(PageTextTold(current(self.page)).data)
