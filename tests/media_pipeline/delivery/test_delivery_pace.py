"""One client cannot drain the machine, and nobody who listens notices that."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.test import Client
from pytest_django import Settings

from config.lib import limits
from media_pipeline.delivery import pace
from media_pipeline.models import Media
from tests.media_pipeline.pieces import url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_stretch(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count from nothing, in a stretch that ends for others with the test, and not before."""
    limits.forget_all()
    settings.NEXUS_SESSION_SEGMENTS = 30
    settings.NEXUS_CLIENT_SEGMENTS = 45
    monkeypatch.setattr(pace, "STRETCH_SECONDS", 10**10)
    yield
    limits.forget_all()


def test_more_than_anybody_hears_has_to_wait(
    client: Client, media: Media, settings: Settings
) -> None:
    address = url(media, "opus/segment_000.m4s")
    assert {client.get(address).status_code for _ in range(30)} == {200}
    refused = client.get(address)
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/too-fast"
    assert int(refused.headers["Retry-After"]) > 0
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    assert refused.headers["Cache-Control"] == "no-store"


def test_what_is_no_music_is_not_counted(client: Client, media: Media) -> None:
    for path, scope in [("master.m3u8", "std"), ("opus/init.mp4", "std"), ("cover.jpg", "img")]:
        address = url(media, path, scope=scope)
        assert {client.get(address).status_code for _ in range(50)} == {200}, path
    address = url(media, "opus/segment_000.m4s")
    assert {client.head(address).status_code for _ in range(50)} == {200}
    assert client.get(address).status_code == 200


def test_a_whole_file_counts_for_more(client: Client, media: Media, settings: Settings) -> None:
    settings.NEXUS_CLIENT_SEGMENTS = 60
    address = url(media, "mp3_320.mp3")
    statuses = [client.get(address).status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429]


def test_a_hand_that_seeks_wildly_takes_little(client: Client, media: Media) -> None:
    address = url(media, "mp3_320.mp3")
    seeks = [client.get(address, headers={"Range": f"bytes={n}-"}) for n in range(150)]
    assert {answer.status_code for answer in seeks} == {206}


def test_what_was_really_sent_is_counted(client: Client, media: Media) -> None:
    class Seeking:
        META: ClassVar = {"REMOTE_ADDR": "192.0.2.9"}
        headers: ClassVar = {"Range": "bytes=0-"}

    request: Any = Seeking()
    whole = iter([b"x" * pace.UNIT_BYTES] * 60)
    for _ in pace.counted(request, "signature", whole):
        pass
    left = limits.take("session-mp3", "192.0.2.9 signature", most=450, seconds=10**10, weight=0)
    assert left.left == 450 - 60
    leaving: Any = pace.counted(request, "other", iter([b"x" * pace.UNIT_BYTES] * 60))
    next(leaving)
    leaving.close()
    left = limits.take("session-mp3", "192.0.2.9 other", most=450, seconds=10**10, weight=0)
    assert left.left == 450 - 1


def test_sessions_are_apart_until_the_client_takes_too_much(client: Client, media: Media) -> None:
    std = url(media, "opus/segment_000.m4s")
    lossless = url(media, "flac/segment_000.m4s", scope="lossless")
    assert {client.get(std).status_code for _ in range(30)} == {200}
    assert [client.get(lossless).status_code for _ in range(16)] == [200] * 15 + [429]


def test_listeners_do_not_share_what_they_may_take(client: Client, media: Media) -> None:
    address = url(media, "opus/segment_000.m4s")
    for _ in range(31):
        last = client.get(address)
    assert last.status_code == 429
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200
