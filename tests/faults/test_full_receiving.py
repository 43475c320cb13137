"""The disk is full while music arrives: it is said so, nothing is lost, and it goes on later."""

import hashlib
import http.client
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.models import Upload
from media_pipeline.storage.part_addresses import Capability
from media_pipeline.uploads.services import parts, uploads
from social.models import User
from tests.disks import MIB, fill
from tests.factories.social import UserFactory, bearer
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

SONG = bytes(range(256)) * (8 * MIB // 256) + b"the end of the song"
PIECES = {1: SONG[: 8 * MIB], 2: SONG[8 * MIB :]}
Line = http.client.HTTPConnection


@pytest.fixture
def artist() -> User:
    """Who uploads."""
    user: User = UserFactory.create()
    return user


def ask(line: Line, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
    """Ask on this one connection, which is never opened again; return status and answer."""
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    data = answer.read()
    return answer.status, json.loads(data) if data else answer.headers.get("ETag")


def is_said(status: int, answer: Any) -> bool:
    """Tell whether this is the refusal that a full disk gets."""
    return status == 507 and answer["detail"].startswith("The disk of this site is full.")


# The spool of daphne, the spool of Django, the storage: each can be the one that meets it.
@pytest.mark.parametrize("leave", [4, 12, 20])
def test_a_part_that_finds_no_room_is_answered_and_sent_again_later(
    site: Site, artist: User, media_disk: Path, leave: int
) -> None:
    site.serve(NEXUS_MEDIA_DIR=str(media_disk), NEXUS_DISK_RESERVE_BYTES="0")
    line = Line("127.0.0.1", site.port, timeout=20)
    line.connect()
    opened = line.sock
    speak = bearer(artist) | {"Content-Type": "application/json"}
    new = json.dumps({"filename": "song.wav", "size": len(SONG)}).encode()
    _, plan = ask(line, "POST", "/api/v1/uploads/", new, **speak)
    path = f"/api/v1/uploads/{plan['id']}/"
    _, addresses = ask(line, "POST", f"{path}parts/sign/", b'{"parts": [1, 2]}', **speak)
    targets = {each["number"]: urlsplit(each["url"]) for each in addresses}
    puts = {number: f"{url.path}?{url.query}" for number, url in targets.items()}
    etags = {2: ask(line, "PUT", puts[2], PIECES[2])[1]}

    filler = fill(media_disk, leave=leave * MIB)
    assert is_said(*ask(line, "PUT", puts[1], PIECES[1]))
    assert ask(line, "GET", "/health/")[0] == 200
    assert line.sock is opened, "the connection was given up"
    _, state = ask(line, "GET", path, **speak)
    assert [part["number"] for part in state["parts"]] == [2]

    filler.unlink()
    etags[1] = ask(line, "PUT", puts[1], PIECES[1])[1]
    assert etags[1] == f'"{hashlib.md5(PIECES[1]).hexdigest()}"'
    told = [{"number": number, "etag": etag} for number, etag in sorted(etags.items())]
    body = json.dumps({"parts": told, "track": {"title": "Song"}}).encode()
    assert ask(line, "POST", f"{path}complete/", body, **speak)[0] == 201
    assert (media_disk / f"originals/{plan['id']}.wav").read_bytes() == SONG


def test_any_body_that_finds_no_room_in_the_spool_is_answered(
    site: Site, artist: User, media_disk: Path
) -> None:
    site.serve(NEXUS_MEDIA_DIR=str(media_disk))
    filler = fill(media_disk)
    line = Line("127.0.0.1", site.port, timeout=20)
    speak = bearer(artist) | {"Content-Type": "application/json"}
    long = json.dumps({"filename": "x" * 900_000, "size": 1}).encode()
    assert is_said(*ask(line, "POST", "/api/v1/uploads/", long, **speak))
    assert ask(line, "GET", "/health/") == (200, {"status": "degraded"})
    filler.unlink()
    assert ask(line, "POST", "/api/v1/uploads/", long, **speak)[0] == 400


def test_an_upload_is_refused_before_it_would_touch_the_reserve(
    client: Client, artist: User, media_disk: Path, settings: Any
) -> None:
    settings.NEXUS_DISK_RESERVE_BYTES = 20 * MIB
    new = {"filename": "song.wav", "size": 50 * MIB}
    speak = bearer(artist)
    answer = client.post("/api/v1/uploads/", new, content_type="application/json", headers=speak)
    assert is_said(answer.status_code, answer.json())
    assert answer.json()["type"] == "/problems/storage-full"
    assert not Upload.objects.exists()
    assert not list(media_disk.glob("uploads/*"))
    new["size"] = 40 * MIB
    answer = client.post("/api/v1/uploads/", new, content_type="application/json", headers=speak)
    assert answer.status_code == 201


class Filling(io.BytesIO):
    """A part during which somebody else fills the disk."""

    def __init__(self, data: bytes, disk: Path) -> None:
        super().__init__(data)
        self.disk = disk

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes; after the first 3 MiB there is no room for more."""
        if self.tell() >= 3 * MIB and not (self.disk / "filler").exists():
            fill(self.disk)
        return super().read(size)


def test_what_was_written_of_a_part_takes_no_room_any_more(artist: User, media_disk: Path) -> None:
    upload = uploads.create(owner=artist, filename="song.wav", size=len(SONG))
    allowed = Capability(upload.pk, 1, 8 * MIB)
    source = Filling(PIECES[1], media_disk)
    with pytest.raises(Problem) as refusal:
        parts.receive(allowed=allowed, source=source, length=8 * MIB)
    assert (refusal.value.type, refusal.value.status) == ("storage-full", 507)
    data = media_disk / f"uploads/{upload.pk}/data"
    assert data.stat().st_blocks * 512 < MIB
    assert uploads.arrived(upload) == []
    (media_disk / "filler").unlink()
    parts.receive(allowed=allowed, source=io.BytesIO(PIECES[1]), length=8 * MIB)
    assert data.read_bytes() == PIECES[1]
