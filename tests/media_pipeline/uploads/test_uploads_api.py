"""Beginning, following and cancelling an upload through the API, refusals included."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from media_pipeline.models import StorageQuota, Upload
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services import uploads
from tests.factories.media_pipeline import MIB, AssetFactory, UploadFactory
from tests.factories.social import UserFactory, bearer

pytestmark = pytest.mark.django_db

Ask = Callable[..., Any]


@pytest.fixture
def artist() -> Any:
    """Who uploads."""
    return UserFactory.create(handle="artist")


@pytest.fixture
def ask(client: Client, artist: Any) -> Ask:
    """A function: method, path below uploads/, body → the API's answer to the artist."""
    headers = bearer(artist)

    def ask(method: str, path: str = "", body: Any = None) -> Any:
        return client.generic(
            method,
            f"/api/v1/uploads/{path}",
            body if isinstance(body, str) else json.dumps(body),
            content_type="application/json",
            headers=headers,
        )

    return ask


def kind(answer: Any) -> str:
    """Return the stable type of a refusal, which must be a whole problem document."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"].endswith(".")
    return str(problem["type"]).removeprefix("/problems/")


def test_an_upload_has_a_plan(ask: Ask) -> None:
    answer = ask("POST", body={"filename": "song.wav", "size": 20 * MIB + 1})
    assert answer.status_code == 201
    plan = answer.json()
    assert (plan["part_size"], plan["part_count"]) == (8 * MIB, 3)
    state = ask("GET", f"{plan['id']}/").json()
    assert (state["state"], state["parts"], state["size"]) == ("open", [], 20 * MIB + 1)


@pytest.mark.parametrize(
    ("size", "part_size"),
    [(1, 8), (9000 * 8 * MIB, 8), (9000 * 8 * MIB + 1, 9), (5 * 1024**4, 583)],
)
def test_parts_are_always_inside_the_limits_of_s3(size: int, part_size: int) -> None:
    assert uploads.part_size_for(size) == part_size * MIB
    assert size / uploads.part_size_for(size) <= 10_000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Lied für Änne.wav", "Lied für Änne.wav"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Music\\song.mp3", "song.mp3"),
        ("a\u202egnp.wav", "agnp.wav"),
        ("line\nbreak\x07.flac", "line break.flac"),
        ("\u0645\u06cc\u200c\u062e\u0648.wav", "\u0645\u06cc\u200c\u062e\u0648.wav"),
        ("\U0001f469\u200d\U0001f3a4 demo.wav", "\U0001f469\u200d\U0001f3a4 demo.wav"),
        ("\U0001fae8.wav", "\U0001fae8.wav"),
        ("\u200b\u2060", "untitled"),
        ("n" * 400 + ".flac", "n" * 250 + ".flac"),
        ("  ", "untitled"),
        ("歌.m4a", "歌.m4a"),
    ],
)
def test_file_names_are_fit_to_be_shown(given: str, kept: str) -> None:
    assert uploads.clean_filename(given) == kept


@pytest.mark.parametrize(
    ("name", "ending"), [("a.WAV", "wav"), ("a", "bin"), ("a.tar.gz", "gz"), ("a.w/v", "bin")]
)
def test_the_key_has_a_harmless_ending(name: str, ending: str) -> None:
    upload = Upload(filename=name)
    assert uploads.place_of(upload).key == f"originals/{upload.pk}.{ending}"


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ({"filename": "a.wav", "size": 0}, 400, "file-empty"),
        ({"filename": "a.wav", "size": 5 * 1024**3}, 413, "file-too-large"),
        ({"filename": "a.wav", "size": 10**400}, 413, "file-too-large"),
        ({"filename": "a.wav", "size": -1}, 400, "invalid-input"),
        ({"filename": "a.wav", "size": "many"}, 400, "invalid-input"),
        ({"filename": "a.wav", "size": True}, 400, "invalid-input"),
        ({"filename": "a.wav", "size": 1.5}, 400, "invalid-input"),
        ({"filename": "a.wav", "size": None}, 400, "invalid-input"),
        ({"filename": "a.wav"}, 400, "invalid-input"),
        ({"filename": "a\0.wav", "size": 1}, 400, "invalid-input"),
        ({"filename": ["a"], "size": 1}, 400, "invalid-input"),
        ({"size": 1}, 400, "invalid-input"),
        ({"filename": "a.wav", "size": 1, "sha256": "xyz"}, 400, "invalid-input"),
        ([1, 2], 400, "invalid-input"),
        ("{not json", 400, "parse-error"),
        ('{"filename": "a.wav", "size": 1e999}', 400, "invalid-input"),
        ('{"filename": "\\ud800.wav", "size": 1}', 400, "invalid-input"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    ask: Ask, body: Any, status: int, expected: str
) -> None:
    answer = ask("POST", body=body)
    assert (answer.status_code, kind(answer)) == (status, expected)
    assert not Upload.objects.exists()


def test_other_formats_than_json_are_refused(client: Client, artist: Any) -> None:
    answer = client.post("/api/v1/uploads/", {"filename": "a"}, headers=bearer(artist))
    assert (answer.status_code, kind(answer)) == (415, "unsupported-media-type")


def test_strangers_must_say_who_they_are(client: Client) -> None:
    path = f"/api/v1/uploads/{uuid4()}/"
    answers = [
        client.post("/api/v1/uploads/", {}, content_type="application/json"),
        client.get(path),
        client.delete(path),
        client.post(f"{path}parts/sign/", {}, content_type="application/json"),
        client.post(f"{path}complete/", {}, content_type="application/json"),
        client.get("/api/v1/limits/"),
    ]
    for answer in answers:
        assert (answer.status_code, kind(answer)) == (401, "not-authenticated")


def test_a_session_needs_its_token(artist: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(artist)
    body = {"filename": "a.wav", "size": 1}
    answer = browser.post("/api/v1/uploads/", body, content_type="application/json")
    assert (answer.status_code, kind(answer)) == (403, "permission-denied")


def test_other_peoples_uploads_are_not_there(ask: Ask) -> None:
    foreign = UploadFactory.create()
    for method, path in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "parts/sign/"),
        ("POST", "complete/"),
    ]:
        answer = ask(method, f"{foreign.pk}/{path}", {"parts": [1]})
        assert (answer.status_code, kind(answer)) == (404, "not-found")
    foreign.refresh_from_db()
    assert foreign.state == "open"


def test_each_part_gets_an_address(ask: Ask) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 20 * MIB}).json()
    first, third = ask("POST", f"{plan['id']}/parts/sign/", {"parts": [1, 3]}).json()
    assert [first["number"], third["number"]] == [1, 3]
    assert first["method"] == "PUT"
    assert first["url"].startswith(f"http://testserver/u/{plan['id']}/1?size={8 * MIB}&")
    assert f"size={4 * MIB}&" in third["url"]


@pytest.mark.parametrize("numbers", [[0], [-1], [], ["a"], [1] * 101, "1", None, [10**30]])
def test_only_parts_can_be_signed(ask: Ask, numbers: Any) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 1}).json()
    answer = ask("POST", f"{plan['id']}/parts/sign/", {"parts": numbers})
    assert answer.status_code == 400
    assert kind(answer) in {"invalid-input", "part-number-wrong"}


def test_a_part_behind_the_end_is_named(ask: Ask) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 1}).json()
    answer = ask("POST", f"{plan['id']}/parts/sign/", {"parts": [1, 2, 7]})
    assert (answer.status_code, kind(answer)) == (400, "part-number-wrong")
    assert answer.json()["numbers"] == [2, 7]


def test_signing_is_a_sign_of_life(ask: Ask) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 1}).json()
    soon = timezone.now() + timedelta(minutes=5)
    Upload.objects.update(expires_at=soon)
    address = ask("POST", f"{plan['id']}/parts/sign/", {"parts": [1]}).json()[0]
    assert datetime.fromisoformat(address["expires_at"]) <= soon
    assert Upload.objects.get().expires_at > timezone.now() + timedelta(days=6)


def test_an_upload_left_alone_expires(ask: Ask) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 1}).json()
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask("GET", f"{plan['id']}/").json()["state"] == "expired"
    for path, body in [
        ("parts/sign/", {"parts": [1]}),
        ("complete/", {"parts": [{"number": 1, "etag": "x"}]}),
    ]:
        answer = ask("POST", f"{plan['id']}/{path}", body)
        assert (answer.status_code, kind(answer)) == (410, "upload-expired")


def test_cancelling_removes_everything(ask: Ask) -> None:
    plan = ask("POST", body={"filename": "song.wav", "size": 5 * MIB}).json()
    assert list(get_storage().list(f"uploads/{plan['id']}"))
    for _ in range(2):
        assert ask("DELETE", f"{plan['id']}/").status_code == 204
    assert not list(get_storage().list(f"uploads/{plan['id']}"))
    assert ask("GET", f"{plan['id']}/").json()["state"] == "aborted"
    answer = ask("POST", f"{plan['id']}/parts/sign/", {"parts": [1]})
    assert (answer.status_code, kind(answer)) == (409, "upload-closed")


def test_limits_are_told_before_the_first_byte(client: Client, artist: Any) -> None:
    StorageQuota.objects.create(user=artist, bytes=100)
    AssetFactory.create(owner=artist, size_bytes=30)
    UploadFactory.create(owner=artist, size=20)
    UploadFactory.create(owner=artist, size=1000, state="aborted")
    AssetFactory.create(size_bytes=1000)
    limits = client.get("/api/v1/limits/", headers=bearer(artist)).json()
    assert limits["quota"] == {"total": 100, "used": 50, "left": 50}
    assert limits["max_bytes"] == 4 * 1024**3
    assert "flac" in [ending for one in limits["types"] for ending in one["extensions"]]


def test_the_quota_is_reserved_before_the_first_byte(ask: Ask, artist: Any) -> None:
    StorageQuota.objects.create(user=artist, bytes=100)
    assert ask("POST", body={"filename": "a.wav", "size": 60}).status_code == 201
    answer = ask("POST", body={"filename": "b.wav", "size": 41})
    assert (answer.status_code, kind(answer)) == (413, "quota-exceeded")
    assert answer.json()["quota_left"] == 40
    assert ask("POST", body={"filename": "b.wav", "size": 40}).status_code == 201
    ask("DELETE", f"{Upload.objects.earliest('created_at').pk}/")
    assert ask("POST", body={"filename": "c.wav", "size": 60}).status_code == 201


def test_nobody_has_endlessly_many_unfinished_uploads(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "OPEN_AT_ONCE", 1)
    assert ask("POST", body={"filename": "a.wav", "size": 1}).status_code == 201
    answer = ask("POST", body={"filename": "a.wav", "size": 1})
    assert (answer.status_code, kind(answer)) == (409, "too-many-uploads")
