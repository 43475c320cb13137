"""`GET /api/v1/limits/`: what may be sent, before the first byte is."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from media_pipeline.uploads.services import quota

# A hint for people and file pickers: the bytes decide, when they are here.
TYPES = [
    {"name": "WAV", "extensions": ["wav", "w64"]},
    {"name": "AIFF", "extensions": ["aif", "aiff"]},
    {"name": "FLAC", "extensions": ["flac"]},
    {"name": "MP3", "extensions": ["mp3"]},
    {"name": "Ogg Vorbis, Opus, Ogg FLAC", "extensions": ["ogg", "oga", "opus"]},
    {"name": "MPEG-4: AAC, ALAC", "extensions": ["m4a", "mp4"]},
    {"name": "AAC (ADTS)", "extensions": ["aac"]},
    {"name": "WebM, Matroska", "extensions": ["webm", "mka"]},
    {"name": "Core Audio", "extensions": ["caf"]},
]


class FileType(serializers.Serializer[object]):
    """A container that Nexus reads."""

    name = serializers.CharField()
    extensions = serializers.ListField(child=serializers.CharField())


class QuotaState(serializers.Serializer[quota.Quota]):
    """Bytes."""

    total = serializers.IntegerField()
    used = serializers.IntegerField()
    left = serializers.IntegerField()


class Limits(serializers.Serializer[object]):
    """What one person may send. Sizes are bytes."""

    types = FileType(many=True)
    max_bytes = serializers.IntegerField()
    max_duration_seconds = serializers.IntegerField()
    quota = QuotaState()


class LimitsView(APIView):
    """The limits of whoever asks."""

    @extend_schema(operation_id="limits", responses=Limits)
    def get(self, request: Request) -> Response:
        """Tell types, the largest size, and how much room is used and left."""
        limits = {
            "types": TYPES,
            "max_bytes": settings.NEXUS_MAX_UPLOAD_BYTES,
            "max_duration_seconds": settings.NEXUS_MAX_DURATION_SECONDS,
            "quota": quota.quota_of(request.user),
        }
        return Response(Limits(limits).data, headers={"Cache-Control": "no-store"})
