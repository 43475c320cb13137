"""Sending a file of this machine by the same protocol that pages and programs speak."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from media_pipeline.models import Upload
from media_pipeline.storage import Address, part_addresses
from media_pipeline.uploads.services import parts, uploads

SEND_SECONDS = 300  # for one part, to a storage elsewhere


def send(
    *, owner: Any, path: Path, on_part: Callable[[int, int], None] = lambda done, size: None
) -> tuple[Upload, dict[int, str]]:
    """Send a file's parts; return its upload and the ETags that complete it.

    An upload of the same file that was broken off goes on: what has arrived is not sent again.
    `on_part` is told after each part how many bytes of how many are there. Raises Problem as
    `uploads.create` and `parts.receive` do, and OSError.
    """
    size = path.stat().st_size
    upload = _broken_off(owner, path.name, size)
    if upload is None:
        upload = uploads.create(owner=owner, filename=path.name, size=size)
    return upload, send_parts(upload=upload, path=path, on_part=on_part)


def send_parts(
    *, upload: Upload, path: Path, on_part: Callable[[int, int], None] = lambda done, size: None
) -> dict[int, str]:
    """Send the parts of an upload's file that have not arrived; return the ETags of all.

    To an upload whose door is closed nothing is sent: completing goes on with what has arrived.
    """
    is_open = upload.state == Upload.State.OPEN
    there = {part.number: part.etag for part in uploads.arrived(upload)} if is_open else {}
    etags: dict[int, str] = {}
    with path.open("rb") as file:
        for number in range(1, upload.part_count + 1):
            data = file.read(uploads.size_of(upload, number))
            etag = f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'
            if is_open and there.get(number) != etag:
                (address,) = uploads.sign(upload=upload, numbers=[number])
                etag = _put(address, data)
            etags[number] = etag
            on_part(file.tell(), upload.size)
    return etags


def _broken_off(owner: Any, name: str, size: int) -> Upload | None:
    filename = uploads.clean_filename(name)
    same = Upload.objects.filter(
        owner=owner, filename=filename, size=size, state=Upload.State.OPEN
    ).order_by("-created_at")
    return next((upload for upload in same if uploads.state_of(upload) == Upload.State.OPEN), None)


def _put(address: Address, data: bytes) -> str:
    """Send one part; return its ETag. An address of this site needs no web process."""
    if address.url.startswith("/"):
        allowed = part_addresses.verify(*address.url.split("?", 1))
        return parts.receive(allowed=allowed, source=io.BytesIO(data), length=len(data)).etag
    headers = {"Content-Type": "application/octet-stream"} | address.headers
    request = Request(address.url, data=data, headers=headers, method=address.method)  # noqa: S310
    with urlopen(request, timeout=SEND_SECONDS) as answer:  # noqa: S310 - we have signed it
        return str(answer.headers["ETag"])
