"""The same protocol where the parts go straight to an S3 bucket, against a real S3 server."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from media_pipeline.models import Asset, Upload
from media_pipeline.storage.s3 import S3MediaStorage
from media_pipeline.uploads.services.sweep import sweep_storage, sweep_uploads
from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import UserFactory, bearer
from tests.media_pipeline.conftest import BUCKET, KEYS
from tests.sites import Site, wait_until
from tracks.models import Track

PART_BYTES = 8 * 1024 * 1024
SONG = bytes(range(256)) * (PART_BYTES // 256) + b"the end of the song"
PARTS = {1: SONG[:PART_BYTES], 2: SONG[PART_BYTES:]}


@pytest.fixture
def artist(db: None) -> User:
    """Who uploads."""
    user: User = UserFactory.create()
    return user


class Sender:
    """A program that speaks to the API and does what it is told, wherever the addresses lead."""

    def __init__(self, post: Callable[[str, Any], Any], song: bytes = SONG) -> None:
        self.post, self.song = post, song
        self.plan = self.asked("uploads/", {"filename": "song.wav", "size": len(song)}, 201)
        self.place = f"uploads/{self.plan['id']}/"
        self.etags: dict[int, str] = {}

    def asked(self, path: str, body: Any, code: int) -> Any:
        """Post, and return the answer, which must have this code."""
        answer = self.post(path, body)
        assert answer.status_code == code, answer.content
        return answer.json()

    def address(self, number: int) -> dict[str, Any]:
        """Have a part's address signed."""
        signed: list[dict[str, Any]] = self.asked(
            f"{self.place}parts/sign/", {"parts": [number]}, 200
        )
        return signed[0]

    def send(self, number: int) -> None:
        """Send one part and keep its receipt."""
        address, size = self.address(number), self.plan["part_size"]
        data = self.song[(number - 1) * size : number * size]
        answer = httpx.request(
            address["method"], address["url"], content=data, headers=address["headers"]
        )
        assert answer.status_code == 200, answer.text
        self.etags[number] = answer.headers["ETag"]

    def complete(self, code: int = 201) -> Any:
        """Say that everything is there."""
        parts = [{"number": number, "etag": etag} for number, etag in self.etags.items()]
        body = {"parts": parts, "track": {"title": "Song"}}
        return self.asked(f"{self.place}complete/", body, code)


@pytest.fixture
def sender(artist: User, client: Client, site_bucket: S3MediaStorage) -> Sender:
    """An upload of SONG, begun."""
    headers = bearer(artist)

    def post(path: str, body: Any) -> Any:
        return client.post(f"/api/v1/{path}", body, "application/json", headers=headers)

    return Sender(post)


def listed(sender: Sender) -> list[int]:
    """Return the numbers of the parts that have arrived."""
    from media_pipeline.uploads.services.uploads import arrived

    return [part.number for part in arrived(Upload.objects.get(pk=sender.plan["id"]))]


def test_parts_go_to_the_bucket_and_become_the_original(
    sender: Sender, site_bucket: S3MediaStorage
) -> None:
    assert sender.address(1)["url"].startswith(site_bucket.client.meta.endpoint_url)
    sender.send(2)
    sender.send(1)
    assert listed(sender) == [1, 2]
    first = sender.complete()
    asset = Asset.objects.get()
    assert site_bucket.read(asset.key) == SONG
    assert (asset.bucket, asset.size_bytes) == (BUCKET, len(SONG))
    assert sender.complete(200) == first
    assert list(site_bucket.remains()) == []


def test_a_missing_part_may_still_follow(sender: Sender, site_bucket: S3MediaStorage) -> None:
    sender.send(1)
    problem = sender.complete(409)
    assert (problem["type"], problem["numbers"]) == ("/problems/parts-missing", [2])
    sender.send(2)
    sender.complete()
    assert site_bucket.read(Asset.objects.get().key) == SONG


def test_other_bytes_than_those_named_are_found_out(sender: Sender) -> None:
    sender.send(1)
    sender.send(2)
    right, sender.etags[2] = sender.etags[2], '"00000000000000000000000000000000"'
    problem = sender.complete(409)
    assert (problem["type"], problem["numbers"]) == ("/problems/etag-mismatch", [2])
    sender.etags[2] = right
    sender.complete()


def test_a_part_of_another_size_never_becomes_an_original(sender: Sender) -> None:
    sender.send(1)
    httpx.put(sender.address(2)["url"], content=b"too short").raise_for_status()
    sender.etags[2] = '"' + "0" * 32 + '"'
    assert sender.complete(409)["type"] == "/problems/part-size-wrong"
    assert not Asset.objects.exists()


def test_no_part_comes_after_the_end(sender: Sender) -> None:
    late = sender.address(2)
    sender.send(1)
    sender.send(2)
    sender.complete()
    assert not httpx.put(late["url"], content=PARTS[2]).is_success
    problem = sender.asked(f"{sender.place}parts/sign/", {"parts": [2]}, 409)
    assert problem["type"] == "/problems/upload-closed"


def test_a_cancelled_upload_leaves_nothing(
    sender: Sender, client: Client, artist: User, site_bucket: S3MediaStorage
) -> None:
    sender.send(1)
    for _ in range(2):
        answer = client.delete(f"/api/v1/{sender.place}", headers=bearer(artist))
        assert answer.status_code == 204
    assert list(site_bucket.remains()) == []


def test_a_ban_ends_what_was_signed_for_the_bucket(
    sender: Sender,
    artist: User,
    site_bucket: S3MediaStorage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    held = sender.address(2)
    sender.send(1)
    with django_capture_on_commit_callbacks(execute=True):
        judges.ban(artist)
    assert not httpx.put(held["url"], content=PARTS[2]).is_success
    assert list(site_bucket.remains()) == []


def test_an_idle_upload_and_one_without_a_row_are_swept(
    sender: Sender, site_bucket: S3MediaStorage
) -> None:
    sender.send(1)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert sweep_uploads() == 1
    site_bucket.client.create_multipart_upload(
        Bucket=BUCKET, Key="originals/019f0000-0000-7000-8000-000000000000.wav"
    )
    assert sweep_storage() == 1  # this server says of every upload that it is years old
    assert list(site_bucket.remains()) == []


def test_an_original_assembled_by_a_process_that_died_is_found_again(
    sender: Sender, site_bucket: S3MediaStorage
) -> None:
    from media_pipeline.uploads.services import uploads

    sender.send(1)
    sender.send(2)
    upload = Upload.objects.get()
    place = uploads.place_of(upload)
    assert site_bucket.assemble(place, site_bucket.parts(place))
    sender.complete()
    assert site_bucket.read(Asset.objects.get().key) == SONG


def test_the_terminal_sends_to_the_bucket_too(
    artist: User, site_bucket: S3MediaStorage, tmp_path: Path
) -> None:
    path = tmp_path / "song.wav"
    path.write_bytes(SONG)
    call_command("upload", str(path), "--as", artist.handle)
    assert site_bucket.read(Asset.objects.get().key) == SONG


@pytest.mark.django_db(transaction=True)
def test_a_whole_site_over_s3_plays(
    site: Site,
    endpoint: str,
    site_bucket: S3MediaStorage,
    artist: User,
    music: Callable[[str], Path],
) -> None:
    there = KEYS | {"S3_BUCKET": BUCKET, "S3_ENDPOINT_URL": endpoint}
    site.serve(**there)
    site.work("fast", **there)
    song = music("music/08-acoustic-guitar.wav").read_bytes()
    headers = bearer(artist)
    with httpx.Client(base_url=site.url, headers=headers, timeout=30) as api:
        sender = Sender(lambda path, body: api.post(f"/api/v1/{path}", json=body), song)
        for number in range(1, sender.plan["part_count"] + 1):
            sender.send(number)
        version = sender.complete()["version"]
        wait_until(lambda: api.get(version["url"]).json()["status"] == "ready", 60)
        state = api.get(version["url"]).json()
        master = api.get(state["hls_url"])
        assert "opus/playlist.m3u8" in master.text
        segment = state["hls_url"].replace("master.m3u8", "opus/segment_000.m4s")
        found = api.get(segment, follow_redirects=True, headers={"Authorization": ""})
    assert found.status_code == 200
    assert found.content[4:8] in {b"moof", b"styp"}
    assert Track.objects.get().primary_version is not None
