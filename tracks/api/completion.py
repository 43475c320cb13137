"""`POST /api/v1/uploads/{id}/complete/`."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from media_pipeline.api.uploads import validated
from media_pipeline.models import Job
from media_pipeline.services import uploads
from tracks.models import Track, TrackVersion
from tracks.services.completion import TITLE_MAX, Wish, complete

PARTS_MAX = 10_000


class NamedPart(serializers.Serializer[Any]):
    """A part, and the ETag its PUT was answered with."""

    number = serializers.IntegerField(min_value=1)
    etag = serializers.CharField(max_length=100, allow_blank=True)


class NewTrack(serializers.Serializer[Any]):
    """A track to be made; its title is the file's name when there is none."""

    title = serializers.CharField(max_length=TITLE_MAX, required=False, allow_blank=True)
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(Track.Visibility.choices, required=False)


class Completion(serializers.Serializer[Any]):
    """Either `track`, or `version_of` with an optional `label`; with neither, a new track."""

    parts = serializers.ListField(child=NamedPart(), max_length=PARTS_MAX)
    track = NewTrack(required=False)
    version_of = serializers.UUIDField(required=False)
    label = serializers.CharField(  # type: ignore[assignment] # a field may be named like that
        max_length=60, required=False, allow_blank=True
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a wish for both at once, and a part named twice."""
        if "track" in attrs and "version_of" in attrs:
            raise serializers.ValidationError("Say either track or version_of, not both.")
        numbers = [part["number"] for part in attrs["parts"]]
        if len(set(numbers)) != len(numbers):
            raise serializers.ValidationError({"parts": "A part is named twice."})
        return attrs


class CompletedTrack(serializers.Serializer[Any]):
    """Where it is now."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")


class CompletedRef(serializers.Serializer[Any]):
    """A version by its address in the API."""

    id = serializers.UUIDField()
    url = serializers.CharField()


class JobRef(serializers.Serializer[Any]):
    """The job that makes it playable."""

    id = serializers.UUIDField()


class Completed(serializers.Serializer[Any]):
    """What the upload has become."""

    track = CompletedTrack()
    version = CompletedRef()
    job = JobRef()


class CompleteView(APIView):
    """The end of an upload."""

    @extend_schema(
        operation_id="upload_complete",
        request=Completion,
        responses={201: Completed, 200: Completed},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Make the parts a version. Asking again gives the same answer, with 200."""
        upload = uploads.find(upload_id=id, owner=request.user)
        wished = validated(Completion, request)
        etags = {part["number"]: _quoted(part["etag"]) for part in wished["parts"]}
        wish = _wish(request, wished)
        outcome = complete(upload=upload, by=request.user, etags=etags, wish=wish)
        created = status.HTTP_201_CREATED if outcome.created else status.HTTP_200_OK
        return Response(_answer(outcome.version, outcome.job), status=created)


def _quoted(etag: str) -> str:
    """Return the ETag in its quotes, which some clients take off."""
    return f'"{etag.strip().strip(chr(34))}"'


def _wish(request: Request, wished: dict[str, Any]) -> Wish:
    track = wished.get("track", {})
    own = Track.objects.visible_to(request.user).filter(owner_id=request.user.pk)
    of = wished.get("version_of")
    return Wish(
        title=track.get("title", ""),
        description_md=track.get("description", ""),
        visibility=track.get("visibility", Track.Visibility.PRIVATE),
        version_of=get_object_or_404(own, pk=of) if of else None,
        label=wished.get("label", ""),
    )


def _answer(version: TrackVersion, job: Job) -> dict[str, Any]:
    url = reverse("api-version", args=[version.pk])
    made = {"track": version.track, "version": {"id": version.pk, "url": url}, "job": job}
    return dict(Completed(made).data)
