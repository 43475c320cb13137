"""`POST /api/v1/uploads/{id}/complete/`."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.api.fields import LineField
from media_pipeline.uploads.services import uploads
from tracks import attesting
from tracks.models import Release, Stem, Track, TrackVersion, TrackVisual
from tracks.uploads.services import (
    TITLE_MAX,
    CompletedUpload,
    UploadTarget,
    complete,
    on_release,
)
from tracks.visibility.serializers import confirmation

PARTS_MAX = 10_000
Row = TypeVar("Row", bound=Model)
KINDS = ("track", "version_of", "stem_of", "visual_of")


class NamedPart(serializers.Serializer[Any]):
    """A part, and the ETag its PUT was answered with."""

    number = serializers.IntegerField(min_value=1)
    etag = serializers.CharField(
        max_length=100, allow_blank=True, help_text="Empty where it got lost: what arrived is used."
    )


class NewTrack(serializers.Serializer[Any]):
    """A track to be made."""

    title = LineField(
        max_length=TITLE_MAX,
        required=False,
        allow_blank=True,
        help_text="Else the title is the file's own, or its name.",
    )
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(Track.Visibility.choices, required=False)
    attested = confirmation()


class Completion(serializers.Serializer[Any]):
    """One of `track`, `version_of` (with `label`, `note`), `stem_of` (with `role`, `title`) and
    `visual_of`; with none of them, a new track.
    """

    parts = serializers.ListField(child=NamedPart(), max_length=PARTS_MAX)
    copy = serializers.BooleanField(
        default=False, help_text="Use one's own same bytes (`known` of the upload); no parts."
    )
    track = NewTrack(required=False)
    version_of = serializers.UUIDField(required=False)
    label = LineField(  # type: ignore[assignment] # a field may be named like that
        max_length=60, required=False, allow_blank=True
    )
    note = serializers.CharField(
        max_length=4000, required=False, allow_blank=True, help_text="What changed."
    )
    stem_of = serializers.UUIDField(required=False)
    role = serializers.ChoiceField(Stem.Role.choices, required=False)
    title = LineField(max_length=80, required=False, allow_blank=True)
    visual_of = serializers.UUIDField(required=False)
    release = serializers.UUIDField(
        required=False, help_text="One's own release, on which a new track takes its place."
    )
    path = LineField(
        max_length=1000,
        required=False,
        allow_blank=True,
        help_text="Of the file below the folder that becomes the release: CD1/01 Song.flac",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a wish for two things at once, and a part named twice."""
        if sum(name in attrs for name in KINDS) > 1:
            raise serializers.ValidationError(f"Say only one of {', '.join(KINDS)}.")
        if "release" in attrs and any(name in attrs for name in KINDS if name != "track"):
            raise serializers.ValidationError("Only a new track takes a place on a release.")
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
    """A thing by its address in the API."""

    id = serializers.UUIDField()
    url = serializers.CharField()


class JobRef(serializers.Serializer[Any]):
    """The job that makes it playable."""

    id = serializers.UUIDField()


class Completed(serializers.Serializer[Any]):
    """What the upload has become."""

    track = CompletedTrack()
    version = CompletedRef(allow_null=True)
    stem = CompletedRef(allow_null=True)
    visual = CompletedRef(allow_null=True)
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
        fields = validated(Completion, request)
        etags = {part["number"]: _quoted(part["etag"]) for part in fields["parts"]}
        target = _target(request, fields)
        releases: Any = Release.objects.filter(owner_id=request.user.pk)
        release: Any = _own(releases, fields.get("release"))
        also = on_release(release, fields.get("path") or upload.filename)
        with attesting.attested(fields.get("track", {}).get("attested")):
            completed = complete(
                upload=upload,
                by=request.user,
                etags=etags,
                target=target,
                copy=fields["copy"],
                also=also,
            )
        created = status.HTTP_201_CREATED if completed.created else status.HTTP_200_OK
        return Response(_answer(completed), status=created)


def _quoted(etag: str) -> str:
    """Return the ETag as it was given out.

    Some clients take its quotes off, and what stands between makes it a weak one (`W/`, RFC 9110,
    section 8.8.3) or leaves it out: then it is empty, and whatever has arrived is meant.
    """
    bare = etag.strip().removeprefix("W/").strip('"')
    return f'"{bare}"' if bare else ""


def _target(request: Request, fields: dict[str, Any]) -> UploadTarget:
    track = fields.get("track", {})
    own = Track.objects.visible_to(request.user).filter(owner_id=request.user.pk)
    versions = TrackVersion.objects.of_owner(request.user)
    return UploadTarget(
        title=track.get("title", fields.get("title", "")),
        description_md=track.get("description", ""),
        visibility=track.get("visibility", Track.Visibility.PRIVATE),
        version_of=_own(own, fields.get("version_of")),
        label=fields.get("label", ""),
        note_md=fields.get("note", ""),
        stem_of=_own(versions.select_related("track"), fields.get("stem_of")),
        role=fields.get("role", Stem.Role.OTHER),
        visual_of=_own(own, fields.get("visual_of")),
    )


def _own(rows: QuerySet[Row], key: UUID | None) -> Row | None:
    return get_object_or_404(rows, pk=key) if key else None


def _answer(completed: CompletedUpload) -> dict[str, Any]:
    made: dict[str, Any] = {
        "track": completed.track,
        "version": None,
        "stem": None,
        "visual": None,
        "job": completed.job,
    }
    thing = completed.thing
    match thing:
        case TrackVersion():
            made["version"] = {"id": thing.pk, "url": reverse("api-version", args=[thing.pk])}
        case Stem():
            url = reverse("api-version", args=[thing.version_id])
            made["stem"] = {"id": thing.pk, "url": url}
        case TrackVisual():
            made["visual"] = {"id": thing.pk, "url": completed.track.get_absolute_url()}
    return dict(Completed(made).data)
