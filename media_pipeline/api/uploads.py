"""`/api/v1/uploads/`: announce a file, sign its parts, see what has arrived, abort."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from media_pipeline.models import Upload
from media_pipeline.services import uploads

SIZE_MAX = 2**62


class NewUpload(serializers.Serializer[Any]):
    """A file to come. `sha256` is noted, and never trusted."""

    filename = serializers.CharField(max_length=1000)
    size = serializers.IntegerField(max_value=SIZE_MAX)
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$", required=False, allow_blank=True)


class ArrivedPart(serializers.Serializer[Any]):
    """A part that is here whole."""

    number = serializers.IntegerField()
    size = serializers.IntegerField()
    etag = serializers.CharField()


class UploadPlan(serializers.ModelSerializer[Upload]):
    """How to send it: `part_count` parts of `part_size` bytes, the last one shorter."""

    class Meta:
        model = Upload
        fields = ["id", "part_size", "part_count", "expires_at"]


class UploadState(serializers.ModelSerializer[Upload]):
    """How far it is."""

    parts = ArrivedPart(many=True, source="arrived")

    class Meta:
        model = Upload
        fields = [
            *("id", "state", "filename", "size", "part_size", "part_count", "expires_at", "parts")
        ]


class PartsToSign(serializers.Serializer[Any]):
    """Part numbers, from 1."""

    parts = serializers.ListField(
        child=serializers.IntegerField(), min_length=1, max_length=uploads.SIGN_AT_ONCE
    )


class SignedPart(serializers.Serializer[Any]):
    """Where to send one part, and how."""

    number = serializers.IntegerField()
    method = serializers.CharField()
    url = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class UploadsView(APIView):
    """Uploads of whoever asks."""

    @extend_schema(operation_id="upload_create", request=NewUpload, responses={201: UploadPlan})
    def post(self, request: Request) -> Response:
        """Announce a file and reserve its room."""
        asked = NewUpload(data=request.data)
        asked.is_valid(raise_exception=True)
        upload = uploads.create(
            owner=request.user,
            filename=asked.validated_data["filename"],
            size=asked.validated_data["size"],
            sha256=asked.validated_data.get("sha256", ""),
        )
        return Response(UploadPlan(upload).data, status=status.HTTP_201_CREATED)


class UploadView(APIView):
    """One upload of one's own."""

    @extend_schema(operation_id="upload_state", responses=UploadState)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell which parts are here: only the others need to be sent."""
        upload = find(request, id)
        upload.arrived = uploads.arrived(upload)  # type: ignore[attr-defined]
        return Response(UploadState(upload).data)

    @extend_schema(operation_id="upload_abort", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Forget the upload and its parts."""
        uploads.abort(upload=find(request, id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignView(APIView):
    """Addresses for parts."""

    @extend_schema(operation_id="upload_sign", request=PartsToSign, responses=SignedPart(many=True))
    def post(self, request: Request, id: UUID) -> Response:
        """Sign the parts that are to be sent next."""
        asked = PartsToSign(data=request.data)
        asked.is_valid(raise_exception=True)
        numbers = list(dict.fromkeys(asked.validated_data["parts"]))
        signed = uploads.sign(upload=find(request, id), numbers=numbers)
        return Response(SignedPart(signed, many=True).data)


def find(request: Request, id: UUID) -> Upload:
    """Return the upload of whoever asks; 404 for anybody else's."""
    return uploads.find(upload_id=id, owner=request.user)
