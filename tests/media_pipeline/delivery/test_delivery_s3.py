"""Delivery when the bytes lie in an S3 bucket: redirected for a minute, or through Nexus."""

from typing import Any

import httpx
import pytest
from django.test import Client, RequestFactory

from media_pipeline.delivery import media_url, responses
from media_pipeline.delivery.paths import Item
from media_pipeline.models import Media
from media_pipeline.storage.s3 import S3MediaStorage
from tests.factories.media_pipeline import AssetFactory, MediaFactory

pytestmark = pytest.mark.django_db

PLAYLIST = b"#EXTM3U\n#EXTINF:6,\nsegment_000.m4s\n#EXT-X-ENDLIST\n"
SEGMENT = bytes(range(256)) * 8192


@pytest.fixture
def media(bucket: S3MediaStorage, monkeypatch: pytest.MonkeyPatch) -> Media:
    """A piece in the bucket."""
    monkeypatch.setattr(responses, "get_storage", lambda: bucket)
    media: Media = MediaFactory(asset=AssetFactory(attempt="a1"))
    base = f"transcodes/{media.asset_id}/a1/opus"
    bucket.write(f"{base}/playlist.m3u8", PLAYLIST, content_type="application/vnd.apple.mpegurl")
    bucket.write(f"{base}/segment_000.m4s", SEGMENT, content_type="video/iso.segment")
    peaks = f"transcodes/{media.asset_id}/a1/peaks/32.dat"
    bucket.write(peaks, SEGMENT, content_type="application/octet-stream")
    return media


def test_playlists_come_through_nexus(client: Client, media: Media) -> None:
    answer = client.get(media_url(media, "a1", "opus/playlist.m3u8"))
    assert (answer.status_code, answer.content) == (200, PLAYLIST)


def test_segments_are_redirected_for_a_minute(client: Client, media: Media, settings: Any) -> None:
    settings.NEXUS_S3_DELIVERY = "redirect"
    answer = client.get(media_url(media, "a1", "opus/segment_000.m4s"))
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "no-store"
    target = answer.headers["Location"]
    query = httpx.URL(target).params
    assert int(query.get("X-Amz-Expires") or 60) <= 60
    fetched = httpx.get(target, headers={"Range": "bytes=5-9"})
    assert (fetched.status_code, fetched.content) == (206, SEGMENT[5:10])
    assert fetched.headers["Content-Type"] == "video/iso.segment"


def test_segments_can_come_through_nexus(client: Client, media: Media, settings: Any) -> None:
    settings.NEXUS_S3_DELIVERY = "proxy"
    address = media_url(media, "a1", "opus/segment_000.m4s")
    assert b"".join(client.get(address)) == SEGMENT
    part = client.get(address, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, SEGMENT[5:10])
    assert client.get(media_url(media, "a1", "aac/segment_000.m4s")).status_code == 404


@pytest.mark.parametrize("delivery", ["redirect", "proxy"])
def test_peaks_come_in_part(client: Client, media: Media, settings: Any, delivery: str) -> None:
    settings.NEXUS_S3_DELIVERY = delivery
    wanted = {"Range": "bytes=24-31"}
    answer = client.get(media_url(media, "a1", "peaks/32.dat"), headers=wanted)
    if delivery == "redirect":
        fetched = httpx.get(answer.headers["Location"], headers=wanted)
        assert (fetched.status_code, fetched.content) == (206, SEGMENT[24:32])
    else:
        assert (answer.status_code, answer.content) == (206, SEGMENT[24:32])


def test_a_bad_signature_is_sent_nowhere(client: Client, media: Media, settings: Any) -> None:
    settings.NEXUS_S3_DELIVERY = "redirect"
    address = media_url(media, "a1", "opus/segment_000.m4s")
    media.revoke()
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("delivery", ["redirect", "proxy"])
def test_what_is_kept_has_its_name_either_way(
    bucket: S3MediaStorage, media: Media, settings: Any, rf: RequestFactory, delivery: str
) -> None:
    settings.NEXUS_S3_DELIVERY = delivery
    bucket.write("exports/a.zip", b"PK", content_type="application/zip")
    item = Item("exports/a.zip", "application/zip", "private, no-store", attachment="nexus-a.zip")
    answer: Any = responses.answer(rf.get("/"), item, "")
    if delivery == "redirect":
        answer = httpx.get(answer.headers["Location"])
    assert answer.content == b"PK"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nexus-a.zip"'
