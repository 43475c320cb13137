"""Files in a bucket of any service that speaks S3."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from django.core.files.storage import storages

from media_pipeline.storage.port import CHUNK_BYTES

MISSING = {"404", "NoSuchKey", "NotFound"}
DELETE_AT_ONCE = 1000  # the API's own limit


class S3MediaStorage:
    """Keys are object keys. Credentials and endpoint are django-storages' own settings."""

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    @classmethod
    def from_settings(cls) -> "S3MediaStorage":
        """Return the storage of `STORAGES["default"]`."""
        storage: Any = storages["default"]
        return cls(storage.connection.meta.client, storage.bucket_name)

    def write(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store bytes."""
        self.client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=content_type)

    def write_file(self, key: str, path: Path, *, content_type: str) -> None:
        """Store a local file, in parts when it is large."""
        extra = {"ContentType": content_type}
        self.client.upload_file(str(path), self.bucket, key, ExtraArgs=extra)

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes from `start` to `end`."""
        if end is not None and end <= start:
            return b""
        body: bytes = self._get(key, start, end)["Body"].read()
        return body

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from `start` to `end`."""
        if end > start:
            yield from self._get(key, start, end)["Body"].iter_chunks(CHUNK_BYTES)

    def size(self, key: str) -> int:
        """Return the number of bytes."""
        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=key)["ContentLength"])
        except ClientError as error:
            raise _translated(error, key) from error

    def exists(self, key: str) -> bool:
        """Tell whether the key is there."""
        try:
            self.size(key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove one object."""
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def delete_prefix(self, prefix: str) -> None:
        """Remove every object below a prefix."""
        keys = [{"Key": key} for key in self.list(prefix)]
        for start in range(0, len(keys), DELETE_AT_ONCE):
            batch = {"Objects": keys[start : start + DELETE_AT_ONCE], "Quiet": True}
            self.client.delete_objects(Bucket=self.bucket, Delete=batch)

    def list(self, prefix: str) -> Iterator[str]:
        """Yield every key below a prefix."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=f"{prefix.rstrip('/')}/"):
            for entry in page.get("Contents", []):
                yield entry["Key"]

    def local_path(self, key: str) -> Path | None:
        """Objects are elsewhere."""
        return None

    def fetch(self, key: str, path: Path) -> None:
        """Copy to a local path, in parallel ranges when it is large."""
        try:
            self.client.download_file(self.bucket, key, str(path))
        except ClientError as error:
            raise _translated(error, key) from error

    def presigned_get(self, key: str, seconds: int, content_type: str) -> str | None:
        """Return an address of the bucket's own that opens the object for so long."""
        wanted = {"Bucket": self.bucket, "Key": key, "ResponseContentType": content_type}
        url: str = self.client.generate_presigned_url("get_object", wanted, ExpiresIn=seconds)
        return url

    def _get(self, key: str, start: int, end: int | None) -> Any:
        wanted = f"bytes={start}-{'' if end is None else end - 1}"
        extra = {"Range": wanted} if start or end is not None else {}
        try:
            return self.client.get_object(Bucket=self.bucket, Key=key, **extra)
        except ClientError as error:
            raise _translated(error, key) from error


def _translated(error: ClientError, key: str) -> Exception:
    code = error.response.get("Error", {}).get("Code", "")
    return FileNotFoundError(key) if code in MISSING else error
