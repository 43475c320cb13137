"""`/api/v1/uploads/`: a file on its way in. `complete/` is next door, in tracks.api."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from media_pipeline.models import Upload
from media_pipeline.models.asset import Source
from media_pipeline.uploads.services import duplicates, uploads

BY_PROGRAMS = [(one.value, one.label) for one in (Source.FILE, Source.MICROPHONE, Source.ADDRESS)]


class NewUpload(serializers.Serializer[Any]):
    """What is to be sent. With `sha256` the answer says whether one has the same bytes already."""

    filename = serializers.CharField(max_length=1000)
    size = serializers.IntegerField(min_value=0, help_text="Bytes")
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, allow_blank=True, default=""
    )
    source_type = serializers.ChoiceField(
        BY_PROGRAMS, default=Source.FILE, help_text="How it came to you."
    )
    source_url = serializers.URLField(
        max_length=2000, required=False, allow_blank=True, default="", help_text="Of an address."
    )


class FileHash(serializers.Serializer[Any]):
    """The SHA-256 of the whole file, as hex."""

    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$")


class Reference(serializers.Serializer[duplicates.Reference]):
    """What the same bytes are already: "v2 of Song", and where."""

    name = serializers.CharField()
    url = serializers.CharField()


class UploadPlan(serializers.ModelSerializer[Upload]):
    """In which parts the file is to be sent.

    `hash_wanted`: you have an original of the same size, so the hash (PATCH) would tell whether
    it is the same. `known`: what your same bytes are already; completing with `copy` then needs
    no part.
    """

    hash_wanted = serializers.SerializerMethodField()
    known = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ["id", "part_size", "part_count", "expires_at", "hash_wanted", "known"]

    def get_hash_wanted(self, upload: Upload) -> bool:
        """Return whether a hash would help."""
        return duplicates.hash_wanted(upload)

    @extend_schema_field(Reference(many=True))
    def get_known(self, upload: Upload) -> list[dict[str, Any]]:
        """Return what one's own same bytes are already."""
        return [
            dict(Reference(reference).data) for reference in duplicates.references_of_same(upload)
        ]


class PartNumbers(serializers.Serializer[Any]):
    """Numbers begin at 1."""

    parts = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=uploads.SIGN_AT_ONCE
    )


class PartAddress(serializers.Serializer[Any]):
    """How to send one part: no cookie, no other permission than the address itself."""

    number = serializers.IntegerField()
    method = serializers.CharField()
    url = serializers.URLField()
    headers = serializers.DictField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class ArrivedPart(serializers.Serializer[Any]):
    """A part that is safe."""

    number = serializers.IntegerField()
    size = serializers.IntegerField()
    etag = serializers.CharField()


class UploadState(UploadPlan):
    """How far an upload is; what is not listed is to be sent."""

    state = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = [*UploadPlan.Meta.fields, "filename", "size", "sha256", "state", "parts"]

    def get_state(self, upload: Upload) -> str:
        """Return the state as it is now, swept or not."""
        return uploads.state_of(upload)

    @extend_schema(responses=ArrivedPart(many=True))
    def get_parts(self, upload: Upload) -> list[dict[str, Any]]:
        """Return the parts that have arrived."""
        return [dict(part) for part in ArrivedPart(uploads.arrived(upload), many=True).data]


class UploadsView(APIView):
    """The visitor's uploads."""

    @extend_schema(operation_id="upload_create", request=NewUpload, responses={201: UploadPlan})
    def post(self, request: Request) -> Response:
        """Begin an upload: reserves its room and says in which parts to send it."""
        upload = uploads.create(owner=request.user, **validated(NewUpload, request))
        return Response(UploadPlan(upload).data, status=status.HTTP_201_CREATED)


class UploadView(APIView):
    """One upload."""

    @extend_schema(operation_id="upload_state", responses=UploadState)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell which parts have arrived, to go on from there."""
        upload = uploads.find(upload_id=id, owner=request.user)
        return Response(UploadState(upload).data, headers=NO_STORE)

    @extend_schema(operation_id="upload_hash", request=FileHash, responses=UploadPlan)
    def patch(self, request: Request, id: UUID) -> Response:
        """Say what its bytes hash to, and learn whether one has them already."""
        upload = uploads.find(upload_id=id, owner=request.user)
        uploads.learn_hash(upload=upload, **validated(FileHash, request))
        return Response(UploadPlan(upload).data, headers=NO_STORE)

    @extend_schema(operation_id="upload_abort", request=None, responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Cancel it, and remove what has arrived."""
        uploads.abort(upload=uploads.find(upload_id=id, owner=request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignView(APIView):
    """Addresses of parts."""

    @extend_schema(
        operation_id="upload_sign_parts",
        request=PartNumbers,
        responses={200: PartAddress(many=True)},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Sign an address for each part asked for."""
        upload = uploads.find(upload_id=id, owner=request.user)
        numbers = validated(PartNumbers, request)["parts"]
        addresses = PartAddress(uploads.sign(upload=upload, numbers=numbers), many=True).data
        for address in addresses:
            address["url"] = request.build_absolute_uri(address["url"])
        return Response(addresses, headers=NO_STORE)
