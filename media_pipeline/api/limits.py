"""`GET /api/v1/limits/`: what may be sent, before the first byte is."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from media_pipeline.services.quota import room_of

# What the machine takes; the bytes decide, the extensions are for a file chooser.
TYPES = {
    "WAV": ["wav", "wave", "bwf", "rf64"],
    "Wave64": ["w64"],
    "AIFF": ["aif", "aiff", "aifc"],
    "FLAC": ["flac"],
    "MP3": ["mp3"],
    "Ogg": ["ogg", "oga", "opus"],
    "MP4": ["m4a", "mp4", "m4b", "mov"],
    "AAC": ["aac"],
    "CAF": ["caf"],
}


class TypeLimit(serializers.Serializer[dict[str, object]]):
    """One kind of file that is taken."""

    name = serializers.CharField()
    extensions = serializers.ListField(child=serializers.CharField())


class QuotaState(serializers.Serializer[dict[str, object]]):
    """A person's room, in bytes."""

    total = serializers.IntegerField()
    used = serializers.IntegerField()
    left = serializers.IntegerField()


class Limits(serializers.Serializer[dict[str, object]]):
    """What may be sent."""

    types = TypeLimit(many=True)
    max_size = serializers.IntegerField(help_text="Bytes")
    max_duration_seconds = serializers.IntegerField()
    quota = QuotaState()


class LimitsView(APIView):
    """The limits of whoever asks."""

    @extend_schema(operation_id="limits", responses=Limits)
    def get(self, request: Request) -> Response:
        """Tell types, the largest size, and how much room is left."""
        limits = {
            "types": [{"name": name, "extensions": ends} for name, ends in TYPES.items()],
            "max_size": settings.NEXUS_MAX_UPLOAD_BYTES,
            "max_duration_seconds": settings.NEXUS_MAX_DURATION_SECONDS,
            "quota": room_of(request.user),
        }
        return Response(Limits(limits).data)
