"""S3's own multipart upload, with presigned addresses: the bytes never pass through Nexus."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError
from django.utils import timezone

from media_pipeline import faults
from media_pipeline.storage.port import Address, Part, Place

MISSING = {"404", "NoSuchKey", "NoSuchUpload", "NotFound"}
WRONG_PARTS = {"InvalidPart", "InvalidPartOrder", "EntityTooSmall"}


class S3Parts:
    """The half of the S3 storage that receives originals."""

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    def begin(self, place: Place) -> str:
        """Open a multipart upload; its id is the `ref`."""
        answer = self.client.create_multipart_upload(
            Bucket=self.bucket, Key=place.key, ContentType="application/octet-stream"
        )
        return str(answer["UploadId"])

    def address(self, place: Place, number: int, size: int, life: timedelta) -> Address:
        """Return a presigned address; the size is signed too."""
        url = self.client.generate_presigned_url(
            "upload_part",
            Params=self._of(place) | {"PartNumber": number, "ContentLength": size},
            ExpiresIn=int(life.total_seconds()),
        )
        return Address(number, url, timezone.now() + life)

    def parts(self, place: Place) -> Sequence[Part]:
        """Return the parts that S3 has."""
        pages = self.client.get_paginator("list_parts").paginate(**self._of(place))
        try:
            return [
                Part(found["PartNumber"], found["Size"], found["ETag"])
                for page in pages
                for found in page.get("Parts", [])
            ]
        except ClientError as error:
            if is_missing(error):
                return []
            raise

    def assemble(self, place: Place, expected: Sequence[Part]) -> bool:
        """Complete the multipart upload: S3 does it whole or not at all."""
        present = self.parts(place)
        if not present and self._is_stored(place):
            return True
        if list(present) != list(expected):
            return False
        try:
            self.client.complete_multipart_upload(
                **self._of(place),
                MultipartUpload={
                    "Parts": [{"PartNumber": part.number, "ETag": part.etag} for part in expected]
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in WRONG_PARTS:  # one came in between, anew
                return False
            if not is_missing(error) or not self._is_stored(place):
                raise
        faults.point("upload:assemble")
        return True

    def forget(self, place: Place) -> None:
        """S3 forgets a completed upload by itself."""

    def drop(self, place: Place) -> None:
        """Abort the multipart upload; S3 removes its parts."""
        try:
            self.client.abort_multipart_upload(**self._of(place))
        except ClientError as error:
            if not is_missing(error):
                raise

    def remains(self) -> Iterator[tuple[Place, datetime]]:
        """Yield the open multipart uploads, and when each was begun."""
        pages = self.client.get_paginator("list_multipart_uploads")
        for page in pages.paginate(Bucket=self.bucket, Prefix="originals/"):
            for found in page.get("Uploads", []):
                key = found["Key"]
                id = key.removeprefix("originals/").split(".")[0]
                yield Place(id, key, found["UploadId"]), found["Initiated"]

    def _is_stored(self, place: Place) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=place.key)
        except ClientError as error:
            if is_missing(error):
                return False
            raise
        return True

    def _of(self, place: Place) -> dict[str, object]:
        return {"Bucket": self.bucket, "Key": place.key, "UploadId": place.ref}


def is_missing(error: ClientError) -> bool:
    """Tell whether S3 said that there is nothing there."""
    return error.response.get("Error", {}).get("Code") in MISSING
