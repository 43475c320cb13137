"""One's own same bytes again: said at once, stored once; and nothing of anybody else's."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from media_pipeline.assets.services.originals import release_original
from media_pipeline.models import Asset, Job, Upload
from media_pipeline.storage import get_storage
from social.models import User
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory
from tracks.catalogue.services import deletion
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db

SONG = b"RIFF, or so it says"
HASH = hashlib.sha256(SONG).hexdigest()
Post = Callable[..., Any]


@pytest.fixture
def artist() -> User:
    return UserFactory(handle="artist")


@pytest.fixture
def song(artist: User) -> Iterator[Track]:
    """A piece whose original has been read: Nexus itself has computed the hash."""
    track = PublicTrackFactory(owner=artist, title="Sea", slug="sea")
    asset = track.primary_version.media.asset
    get_storage().write(asset.key, SONG, content_type="audio/wav")
    Asset.objects.filter(pk=asset.pk).update(sha256=HASH, size_bytes=len(SONG))
    yield track
    for key in Asset.objects.values_list("key", flat=True):
        get_storage().delete(key)


@pytest.fixture
def ask(artist: User) -> Post:
    """A function: method, path below the uploads, body, `by` somebody → the answer."""

    def ask(method: str, path: str, body: Any, by: User = artist) -> Any:
        address, text = f"/api/v1/uploads/{path}", json.dumps(body)
        return Client().generic(
            method, address, text, content_type="application/json", headers=bearer(by)
        )

    return ask


def begin(ask: Post, *, by: User | None = None, **more: Any) -> Any:
    person = {"by": by} if by else {}
    target = {"filename": "again.wav", "size": len(SONG)} | more
    return ask("POST", "", target, **person).json()


def test_the_hash_is_asked_for_only_where_it_would_help(ask: Post, song: Track) -> None:
    assert begin(ask)["hash_wanted"] is True
    assert begin(ask, size=len(SONG) + 1)["hash_wanted"] is False
    assert begin(ask, sha256=HASH)["hash_wanted"] is False


def test_a_known_hash_is_answered_with_what_it_is(ask: Post, song: Track) -> None:
    known = [{"name": "v1 of Sea", "url": "/tracks/sea/?v=1"}]
    assert begin(ask, sha256=HASH.upper())["known"] == known
    plan = begin(ask)
    assert plan["known"] == []
    assert ask("PATCH", f"{plan['id']}/", {"sha256": HASH}).json()["known"] == known
    assert ask("GET", f"{plan['id']}/", None).json()["known"] == known
    assert begin(ask, sha256="0" * 64)["known"] == []
    assert begin(ask, sha256=HASH, size=5)["known"] == []


def test_the_same_bytes_become_a_version_without_being_sent(
    ask: Post, song: Track, django_capture_on_commit_callbacks: Any
) -> None:
    plan = begin(ask, sha256=HASH)
    body = {"parts": [], "copy": True, "version_of": str(song.pk), "label": "again"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask("POST", f"{plan['id']}/complete/", body)
    assert answer.status_code == 201, answer.content
    version = TrackVersion.objects.get(pk=answer.json()["version"]["id"])
    first = song.primary_version.media.asset
    asset = version.media.asset
    assert (version.number, version.label, version.track) == (2, "again", song)
    assert asset.pk != first.pk
    assert asset.key == first.key, "stored once"
    assert list(get_storage().list(f"uploads/{plan['id']}")) == []
    assert Job.objects.filter(asset=asset, kind="process", state="pending").count() == 1
    again = ask("POST", f"{plan['id']}/complete/", body)
    assert (again.status_code, again.json()) == (200, answer.json())


def test_the_bytes_outlive_the_one_they_were_copied_from(
    ask: Post, song: Track, artist: User, django_capture_on_commit_callbacks: Any
) -> None:
    plan = begin(ask, sha256=HASH)
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True})
        deletion.delete(track=song, by=artist)
    copy = Track.objects.get(pk=answer.json()["track"]["id"]).primary_version.media.asset
    assert get_storage().read(copy.key) == SONG


def kind(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    return str(answer.json()["type"]).removeprefix("/problems/")


def test_a_strangers_hash_opens_nothing(ask: Post, song: Track) -> None:
    """Whoever only knows the hash of a file of mine learns nothing and gets nothing."""
    stranger = UserFactory(handle="stranger")
    plan = begin(ask, by=stranger, sha256=HASH)
    assert (plan["known"], plan["hash_wanted"]) == ([], False)
    assert begin(ask, by=stranger)["hash_wanted"] is False
    answer = ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True}, by=stranger)
    assert (answer.status_code, kind(answer)) == (409, "not-known")
    assert Asset.objects.filter(owner=stranger).count() == 0
    assert Upload.objects.get(pk=plan["id"]).state == "open"


def test_what_was_only_claimed_counts_for_nothing(ask: Post, song: Track) -> None:
    """A hash that a client has sent along is not believed: only what Nexus has read itself."""
    Asset.objects.update(sha256="")
    Upload.objects.create(
        owner=song.owner, filename="x", size=len(SONG), part_size=8, part_count=1,
        sha256=HASH, state="completed", expires_at=song.created_at,
        asset=song.primary_version.media.asset,
    )  # fmt: skip
    plan = begin(ask, sha256=HASH)
    assert plan["known"] == []
    answer = ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True})
    assert kind(answer) == "not-known"


def test_without_a_hash_there_is_nothing_to_copy(ask: Post, song: Track) -> None:
    Asset.objects.exclude(pk=song.primary_version.media.asset_id).update(sha256="")
    plan = begin(ask)
    answer = ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True})
    assert kind(answer) == "not-known"
    assert kind(ask("POST", f"{plan['id']}/complete/", {"parts": []})) == "parts-missing"


def test_bytes_that_are_gone_are_not_copied(ask: Post, song: Track) -> None:
    plan = begin(ask, sha256=HASH)
    get_storage().delete(song.primary_version.media.asset.key)
    answer = ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True})
    assert kind(answer) == "not-known"


def test_a_hash_is_refused_where_it_makes_no_sense(ask: Post, song: Track) -> None:
    plan = begin(ask)
    wrong: list[Any] = [{"sha256": "short"}, {"sha256": None}, {}, [], {"sha256": "g" * 64}]
    for body in wrong:
        assert ask("PATCH", f"{plan['id']}/", body).status_code == 400, body
    stranger = UserFactory(handle="stranger")
    assert ask("PATCH", f"{plan['id']}/", {"sha256": HASH}, by=stranger).status_code == 404
    ask("DELETE", f"{plan['id']}/", None)
    assert kind(ask("PATCH", f"{plan['id']}/", {"sha256": HASH})) == "upload-closed"


def test_a_copy_in_use_is_not_released(ask: Post, song: Track) -> None:
    plan = begin(ask, sha256=HASH)
    ask("POST", f"{plan['id']}/complete/", {"parts": [], "copy": True})
    key = song.primary_version.media.asset.key
    Asset.objects.filter(pk=song.primary_version.media.asset_id).update(key="originals/other.wav")
    release_original(key)
    assert get_storage().exists(key)
