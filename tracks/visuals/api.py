"""`/api/v1/versions/{id}/visual/`: what is to be seen while it plays."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracks.access import undenied_thing
from tracks.models import TrackVersion, TrackVisual
from tracks.visuals.presenters import shown


class Visual(serializers.Serializer[Any]):
    """`state` is `ready` or `none`; `kind` is `film` (MP4 without sound, to loop) or `picture`."""

    state = serializers.ChoiceField(["none", "ready"])
    kind = serializers.ChoiceField(["", "film", "picture"], allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class VisualView(APIView):
    """The picture or film of a version's track."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="version_visual",
        parameters=[OpenApiParameter("token", str, description="The key of an unlisted track.")],
        responses=Visual,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Sign its address for whoever may listen."""
        key, session = request.query_params.get("token", ""), request.session
        opened = TrackVersion.objects.opened_by(request.user, key, session)
        version = get_object_or_404(opened.only("track_id"), pk=id)
        visuals = TrackVisual.objects.filter(undenied_thing("visual", request.user))
        visual = visuals.filter(track_id=version.track_id).select_related("media__asset").first()
        return Response(Visual(shown(visual)).data, headers={"Cache-Control": "no-store"})
