"""Objects of one bucket, through boto3 with the options that django-storages was given."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from media_pipeline.storage.port import Stat
from media_pipeline.storage.s3_parts import S3Parts, is_missing

CHUNK_BYTES = 256 * 1024
DELETE_AT_ONCE = 1000  # the most that DeleteObjects takes


class S3MediaStorage(S3Parts):
    """Any storage that speaks S3. A PUT is atomic there by itself."""

    root = None

    @classmethod
    def of(cls, backend: Any) -> "S3MediaStorage":
        """Return the port to the bucket that a django-storages backend is set to."""
        return cls(_client(backend), str(backend.bucket_name))

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store `data`."""
        self.client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type)

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a copy of the file at `path`."""
        self.client.upload_file(
            str(path), self.bucket, key, ExtraArgs={"ContentType": content_type}
        )

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return bytes `start` up to `end`. Raises FileNotFoundError."""
        if end is not None and end <= start:
            return b""
        return bytes(self._open(key, start, end).read())

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield bytes `start` up to `end`. Raises FileNotFoundError at once."""
        return _chunks(self._open(key, start, end))

    def size(self, key: str) -> int:
        """Return the size in bytes. Raises FileNotFoundError."""
        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=key)["ContentLength"])
        except ClientError as error:
            raise _translated(error, key) from error

    def exists(self, key: str) -> bool:
        """Tell whether there is an object."""
        try:
            self.size(key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove the object."""
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def delete_prefix(self, prefix: str) -> None:
        """Remove all objects below a prefix."""
        if not prefix.strip("/"):
            raise ValueError("Not a key: everything is never removed at once.")
        keys = list(self.list(prefix))
        for first in range(0, len(keys), DELETE_AT_ONCE):
            batch = keys[first : first + DELETE_AT_ONCE]
            answer = self.client.delete_objects(
                Bucket=self.bucket,
                Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True},
            )
            if errors := answer.get("Errors"):
                raise OSError(f"{len(errors)} objects could not be removed: {errors[0]}")

    def list(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix."""
        for found in self._listed(prefix):
            yield found["Key"]

    def stats(self, prefix: str) -> Iterator[Stat]:
        """Yield the objects below a prefix; `stamp` is the ETag."""
        for found in self._listed(prefix):
            names = found["Key"].split("/")
            if names[-1] and not any(name.startswith(".") for name in names):  # no folder's mark
                yield Stat(found["Key"], found["Size"], found["ETag"], found["LastModified"])

    def local_path(self, key: str) -> Path | None:
        """Return None: it lies elsewhere."""
        return None

    def fetch(self, key: str, path: Path) -> None:
        """Copy the object to a local file. Raises FileNotFoundError."""
        try:
            self.client.download_file(self.bucket, key, str(path))
        except ClientError as error:
            raise _translated(error, key) from error

    def presigned_get(
        self, key: str, seconds: int, content_type: str, *, disposition: str = ""
    ) -> str | None:
        """Return an address of the object itself."""
        what = {"Bucket": self.bucket, "Key": key, "ResponseContentType": content_type}
        if disposition:
            what["ResponseContentDisposition"] = disposition
        return str(self.client.generate_presigned_url("get_object", Params=what, ExpiresIn=seconds))

    def healthcheck(self) -> None:
        """Write, read and delete a probe; raises botocore's errors or OSError."""
        key, probe = f"health/{uuid.uuid4()}", b"nexus"
        self.write(key, probe, content_type="text/plain")
        if self.read(key) != probe:
            raise OSError("The object storage does not give back what it was given.")
        self.delete(key)

    def sweep_drafts(self, older_than: datetime) -> int:
        """Return 0: an unfinished PUT leaves nothing behind."""
        return 0

    def _listed(self, prefix: str) -> Iterator[dict[str, Any]]:
        prefix = f"{prefix.rstrip('/')}/" if prefix else ""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
            yield from page.get("Contents", [])

    def _open(self, key: str, start: int, end: int | None) -> Any:
        what = {"Range": f"bytes={start}-{'' if end is None else end - 1}"}
        try:
            if start == 0 and end is None:  # an empty object has no range
                what = {}
            return self.client.get_object(Bucket=self.bucket, Key=key, **what)["Body"]
        except ClientError as error:
            raise _translated(error, key) from error


def _chunks(body: Any) -> Iterator[bytes]:
    with body:
        yield from body.iter_chunks(CHUNK_BYTES)


def _translated(error: ClientError, key: str) -> Exception:
    return FileNotFoundError(key) if is_missing(error) else error


def _client(backend: Any) -> Any:
    """Make one client for all threads; django-storages would make one for each."""
    return boto3.client(
        "s3",
        endpoint_url=backend.endpoint_url,
        region_name=backend.region_name,
        aws_access_key_id=backend.access_key,
        aws_secret_access_key=backend.secret_key,
        aws_session_token=backend.security_token,
        config=Config(
            signature_version=backend.signature_version,
            s3={"addressing_style": backend.addressing_style},
            request_checksum_calculation="when_required",  # storages other than AWS refuse more
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 4, "mode": "standard"},
            max_pool_connections=32,
        ),
    )
