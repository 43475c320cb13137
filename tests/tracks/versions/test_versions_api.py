"""`GET /api/v1/versions/{id}/`: the state of a version, and new addresses for a player."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from social.models import User
from tests.factories.media_pipeline import FailedJobFactory
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
)
from tracks.models import Track
from tracks.versions.api.serializers import VersionState
from tracks.versions.api.version import describe

pytestmark = pytest.mark.django_db

MEMBERS = {
    "id", "label", "number", "track", "status", "playable", "duration_ms", "sample_rate",
    "note", "created_at", "created_by", "hidden", "primary",
    "channels", "loudness_lufs", "true_peak_dbtp", "lra", "hls_url", "lossless_hls_url", "mp3_url",
    "waveform_url", "cover_url", "expires_at", "renditions", "job",
    "source",
}  # fmt: skip


@pytest.fixture
def artist() -> User:
    return UserFactory(handle="artist")


@pytest.fixture
def fan() -> User:
    return UserFactory(handle="fan")


def state(track: Track, client: Client | None = None, by: User | None = None, token: str = "") -> Any:  # fmt: skip # noqa: E501
    """Return the answer about the track's version."""
    assert track.primary_version
    address = f"/api/v1/versions/{track.primary_version.pk}/"
    headers = bearer(by) if by else {}
    return (client or Client()).get(address, {"token": token} if token else {}, headers=headers)


def test_everybody_may_ask_for_a_public_one(artist: User) -> None:
    track = PublicTrackFactory(owner=artist, title="Sea")
    answer = state(track)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert told.keys() == MEMBERS
    assert told["playable"] is True
    assert (told["duration_ms"], told["sample_rate"], told["channels"]) == (222_000, 44_100, 2)
    assert (told["loudness_lufs"], told["true_peak_dbtp"]) == (-14.2, -1.0)
    assert told["hls_url"].startswith("/m/")
    assert told["hls_url"].endswith("/a1/master.m3u8")
    assert told["mp3_url"].endswith("/mp3_320.mp3")
    assert told["waveform_url"].endswith("/waveform.json")
    assert "/img/" in told["cover_url"]
    assert told["lossless_hls_url"] is None
    assert told["track"]["url"] == f"/tracks/{track.slug}/"
    assert {row["format"] for row in told["renditions"]} >= {"hls_opus", "hls_opus64", "hls_aac"}
    assert told["job"]["state"] == "succeeded"
    assert told["job"]["progress"] == 100
    ends = datetime.fromisoformat(told["expires_at"])
    assert int(ends.timestamp()) == int(told["hls_url"].split("/")[2])
    assert (ends - timezone.now()).total_seconds() > 6 * 3600 - 1


def test_lossless_is_the_owners(artist: User, fan: User) -> None:
    track = PublicTrackFactory(owner=artist)
    assert "/lossless/" in state(track, by=artist).json()["lossless_hls_url"]
    assert state(track, by=fan).json()["lossless_hls_url"] is None


def test_a_private_one_exists_for_its_owner_only(artist: User, fan: User) -> None:
    track = ReadyTrackFactory(owner=artist)
    assert state(track, by=artist).status_code == 200
    for answer in (state(track), state(track, by=fan), state(track, token=track.token)):
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"] == "/problems/not-found"


def test_an_unlisted_one_opens_to_its_key(artist: User, fan: User) -> None:
    track = UnlistedTrackFactory(owner=artist)
    assert state(track).status_code == 404
    assert state(track, token="wrong").status_code == 404
    assert state(track, by=fan, token=track.token).status_code == 200
    held = state(track, token=track.token)
    assert held.status_code == 200
    assert held.json()["track"]["url"] == f"/t/{track.token}/"


def test_before_anything_is_known_addresses_are_null(artist: User) -> None:
    track = TrackFactory(owner=artist)
    told = state(track, by=artist).json()
    assert told["playable"] is False
    for name in ("hls_url", "mp3_url", "waveform_url", "cover_url", "duration_ms", "job"):
        assert told[name] is None, name
    assert told["renditions"] == []


def test_a_failure_gives_its_reason(artist: User) -> None:
    track = TrackFactory(owner=artist)
    assert track.primary_version
    FailedJobFactory(asset=track.primary_version.media.asset)
    job = state(track, by=artist).json()["job"]
    assert job["state"] == "failed"
    assert job["error_code"] == "not-audio"
    assert job["error"].endswith(".")


def test_unknown_versions_and_methods(client: Client, artist: User) -> None:
    assert client.get(f"/api/v1/versions/{uuid4()}/").status_code == 404
    assert client.get("/api/v1/versions/1/").status_code == 404
    track = PublicTrackFactory(owner=artist)
    assert track.primary_version
    answer = client.post(f"/api/v1/versions/{track.primary_version.pk}/", headers=bearer(artist))
    assert answer.status_code == 405


def test_it_costs_few_queries(artist: User, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory(owner=artist)
    headers = bearer(artist)
    address = f"/api/v1/versions/{track.primary_version.pk}/"
    with django_assert_max_num_queries(8):
        assert Client().get(address, headers=headers).status_code == 200
    with django_assert_max_num_queries(4):
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize("make", [ReadyTrackFactory, PublicTrackFactory])
def test_what_is_sent_is_what_its_schema_says(artist: User, make: Any) -> None:
    """The answer is written by hand, for speed: the serializer that describes it must agree."""
    track = make(owner=artist)
    sent = state(track, by=artist).json()
    told = VersionState().to_representation(describe(track.primary_version, artist))
    assert json.loads(JSONRenderer().render(told)) == sent
    assert list(told) == list(sent)
