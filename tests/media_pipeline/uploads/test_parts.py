"""One part: what its address allows, and what becomes of it when things go wrong."""

import errno
import hashlib
import io
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Upload
from media_pipeline.storage import disk_parts, get_storage
from media_pipeline.storage.part_addresses import Capability
from media_pipeline.uploads.services import parts, uploads
from media_pipeline.uploads.services.completion import completing
from tests.factories.media_pipeline import MIB
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db

SIZE = 8 * MIB + 1000
LAST = bytes(range(250)) * 4
OTHER = LAST[::-1]


@pytest.fixture
def upload() -> Upload:
    """An upload of two parts; the second one has 1000 bytes."""
    return uploads.create(owner=UserFactory.create(), filename="song.wav", size=SIZE)


@pytest.fixture
def put(client: Client, upload: Upload) -> Callable[..., Any]:
    """A function that sends the last part, as anybody who holds the address."""

    def put(data: bytes = LAST, url: str = "", **more: Any) -> Any:
        url = url or address(upload)
        return client.put(url, data, content_type="application/octet-stream", **more)

    return put


def address(upload: Upload, number: int = 2) -> str:
    """Return the address of a part."""
    return uploads.sign(upload=upload, numbers=[number])[0].url


def receive(upload: Upload, source: io.BytesIO) -> Any:
    """Write the last part from a stream that a test may spoil."""
    allowed = Capability(upload.pk, 2, len(LAST))
    return parts.receive(allowed=allowed, source=source, length=len(LAST))


def etag(data: bytes) -> str:
    """Return the ETag of these bytes, as S3 makes it."""
    return f'"{hashlib.md5(data).hexdigest()}"'


def kind(answer: Any) -> str:
    """Return the stable type of a refusal."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("/problems/")


def stored(upload: Upload) -> bytes:
    """Return what lies at the place of the last part."""
    return get_storage().read(f"uploads/{upload.pk}/data", 8 * MIB)


def test_the_address_is_the_permission(put: Any, upload: Upload) -> None:
    answer = put()
    assert (answer.status_code, answer.headers["ETag"]) == (200, etag(LAST))
    assert not answer.cookies
    assert "Content-Type" not in answer.headers
    assert [(part.number, part.size) for part in uploads.arrived(upload)] == [(2, 1000)]
    assert stored(upload) == LAST


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        (r"/2", "/1"),
        (r"size=\d+", "size=999"),
        (r"expires=\d+", "expires=99999999999"),
        (r"signature=\w+", "signature=" + "0" * 64),
        (r"&signature=\w+", ""),
        (r"signature=", "signature=é"),
        (r"\?.*", ""),
        (r"size=", "size=-"),
        (r"/u/[^/]+", "/u/0190b5a4-0000-7000-8000-000000000000"),
    ],
)
def test_a_changed_address_opens_nothing(put: Any, upload: Upload, what: str, instead: str) -> None:
    answer = put(url=re.sub(what, instead, address(upload), count=1))
    assert (answer.status_code, kind(answer)) == (403, "part-url-invalid")
    assert not uploads.arrived(upload)


def test_an_address_expires(put: Any, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ADDRESS_LIFE", timedelta(seconds=-1))
    answer = put(url=address(upload))
    assert (answer.status_code, kind(answer)) == (403, "part-url-expired")


@pytest.mark.parametrize(("data", "status"), [(LAST[:-1], 400), (LAST + b"x", 413)])
def test_a_part_has_its_size(put: Any, upload: Upload, data: bytes, status: int) -> None:
    answer = put(data)
    assert (answer.status_code, kind(answer)) == (status, "part-size-wrong")
    assert answer.json()["size"] == 1000
    assert not uploads.arrived(upload)


def test_chunked_bodies_are_not_taken(put: Any) -> None:
    answer = put(headers={"Transfer-Encoding": "chunked"})
    assert (answer.status_code, kind(answer)) == (411, "length-required")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_parts_are_sent_with_put(client: Client, upload: Upload, method: str) -> None:
    assert client.generic(method, address(upload)).status_code == 405


@pytest.mark.parametrize(
    ("state", "status", "expected"),
    [
        ("completing", 409, "upload-closed"),
        ("completed", 409, "upload-closed"),
        ("aborted", 409, "upload-closed"),
        ("expired", 410, "upload-expired"),
    ],
)
def test_no_part_comes_after_the_end(
    put: Any, upload: Upload, state: str, status: int, expected: str
) -> None:
    url = address(upload)
    Upload.objects.update(state=state)
    answer = put(url=url)
    assert (answer.status_code, kind(answer)) == (status, expected)
    assert not uploads.arrived(upload)


def test_no_part_comes_when_time_is_over(put: Any, upload: Upload) -> None:
    url = address(upload)
    Upload.objects.update(expires_at=timezone.now())
    answer = put(url=url)
    assert (answer.status_code, kind(answer)) == (410, "upload-expired")


def test_no_part_comes_when_its_upload_is_gone(put: Any, upload: Upload) -> None:
    url = address(upload)
    upload.delete()
    answer = put(url=url)
    assert (answer.status_code, kind(answer)) == (404, "not-found")


def test_a_late_part_never_reaches_the_original(upload: Upload) -> None:
    receive(upload, io.BytesIO(LAST))
    place = uploads.place_of(upload)
    whole = get_storage().local_path(f"uploads/{upload.pk}/data")
    assert whole is not None
    arrived = uploads.arrived(upload)
    # The door was passed when the state still said open; then the file became the original.
    assert get_storage().assemble(place, arrived)
    with pytest.raises(Problem) as refusal:
        receive(upload, io.BytesIO(OTHER))
    assert refusal.value.type == "upload-closed"
    assert get_storage().read(place.key, 8 * MIB) == LAST


def test_a_part_sent_again_takes_the_place_of_the_first(put: Any, upload: Upload) -> None:
    put()
    assert put(OTHER).headers["ETag"] == etag(OTHER)
    assert [part.etag for part in uploads.arrived(upload)] == [etag(OTHER)]
    assert stored(upload) == OTHER


def test_a_part_that_breaks_off_is_not_there(upload: Upload) -> None:
    with pytest.raises(Problem) as refusal:
        receive(upload, io.BytesIO(LAST[:500]))
    assert refusal.value.type == "part-incomplete"
    assert not uploads.arrived(upload)


def test_the_same_bytes_broken_off_lose_nothing(upload: Upload) -> None:
    receive(upload, io.BytesIO(LAST))
    with pytest.raises(Problem):
        receive(upload, io.BytesIO(LAST[:500]))
    assert [part.etag for part in uploads.arrived(upload)] == [etag(LAST)]
    assert stored(upload) == LAST


def test_other_bytes_broken_off_are_never_taken_for_the_first(upload: Upload) -> None:
    receive(upload, io.BytesIO(LAST))
    with pytest.raises(Problem):
        receive(upload, io.BytesIO(OTHER[:500]))
    assert not uploads.arrived(upload)


class Waiting(io.BytesIO):
    """A stream whose end comes only when the test says so."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        """Return bytes as soon as they may go on."""
        self.begun.set()
        self.go_on.wait(10)
        return super().read(size)


@pytest.fixture
def slow(upload: Upload) -> Any:
    """The last part, being written at this moment by another thread."""
    source = Waiting(LAST)
    storage = get_storage()
    assert isinstance(storage, disk_parts.DiskParts)
    how = {"source": source, "offset": 8 * MIB, "size": len(LAST)}
    writer = threading.Thread(
        target=storage.receive, args=(uploads.place_of(upload), 2), kwargs=how
    )
    writer.start()
    source.begun.wait(5)
    yield source
    source.go_on.set()
    writer.join(5)


def test_one_part_is_written_by_one(put: Any, slow: Waiting) -> None:
    answer = put(OTHER)
    assert (answer.status_code, kind(answer)) == (409, "part-in-flight")


def test_completing_waits_for_parts_in_flight(
    upload: Upload, slow: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_parts, "DOOR_SECONDS", 0.1)
    with pytest.raises(Problem) as refusal, completing(upload=upload, etags={1: "", 2: ""}):
        pytest.fail("the door was open")
    assert refusal.value.type == "parts-in-flight"
    upload.refresh_from_db()
    assert upload.state == "open"


def test_a_full_disk_is_said_so(upload: Upload) -> None:
    class FullDisk(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Problem) as refusal:
        receive(upload, FullDisk())
    assert (refusal.value.type, refusal.value.status) == ("storage-full", 507)
