"""Music under signed addresses: how the bytes come."""

import gzip
import time
from typing import Any

import pytest
from django.test import Client

from media_pipeline.delivery import expiry_for
from media_pipeline.models import Media
from media_pipeline.storage import get_storage
from tests.media_pipeline.pieces import BIG, GROWING, SEGMENT, url

FOREVER = "private, max-age=31536000, immutable"

pytestmark = pytest.mark.django_db


def test_one_signature_opens_the_whole_directory(client: Client, media: Media) -> None:
    base = url(media, "master.m3u8").removesuffix("master.m3u8")
    for path in ("master.m3u8", "opus/init.mp4", "opus/playlist.m3u8", "opus/segment_000.m4s"):
        assert client.get(base + path).status_code == 200, path
    assert client.get(base + "opus/segment_000.m4s").content == SEGMENT


@pytest.mark.parametrize(
    ("path", "scope", "kind", "cache"),
    [
        ("master.m3u8", "std", "application/vnd.apple.mpegurl", "private, max-age=60"),
        ("opus/playlist.m3u8", "std", "application/vnd.apple.mpegurl", "no-store"),
        ("opus/init.mp4", "std", "audio/mp4", FOREVER),
        ("opus/segment_000.m4s", "std", "video/iso.segment", FOREVER),
        ("flac/segment_000.m4s", "lossless", "video/iso.segment", FOREVER),
        ("mp3_320.mp3", "std", "audio/mpeg", FOREVER),
        ("waveform.json", "std", "application/json", "private, max-age=86400"),
        ("peaks/32.dat", "std", "application/octet-stream", FOREVER),
        ("cover.jpg", "img", "image/jpeg", "private, max-age=86400"),
    ],
)  # fmt: skip
def test_types_and_caches(client: Client, media: Media, path: str, scope: str, kind: str, cache: str) -> None:  # fmt: skip # noqa: E501
    answer = client.get(url(media, path, scope=scope))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == cache
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies


def test_a_finished_playlist_may_be_kept_a_minute(client: Client, media: Media) -> None:
    key = f"transcodes/{media.asset_id}/main1/opus/playlist.m3u8"
    get_storage().write(key, GROWING + b"#EXT-X-ENDLIST\n", content_type="x/y")
    answer = client.get(url(media, "opus/playlist.m3u8"))
    assert answer.headers["Cache-Control"] == "private, max-age=60"


def test_ranges(client: Client, media: Media) -> None:
    address = url(media, "opus/segment_000.m4s")
    part = client.get(address, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == SEGMENT[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(SEGMENT)}"
    assert client.get(address, headers={"Range": "bytes=-5"}).content == SEGMENT[-5:]
    several = client.get(address, headers={"Range": "bytes=0-1,5-6"})
    assert (several.status_code, several.content) == (200, SEGMENT)
    behind = client.get(address, headers={"Range": "bytes=99999-"})
    assert behind.status_code == 416
    assert behind.headers["Content-Range"] == f"bytes */{len(SEGMENT)}"


def test_only_the_peaks_in_view_are_sent(client: Client, media: Media) -> None:
    part = client.get(url(media, "peaks/32.dat"), headers={"Range": "bytes=24-8215"})
    assert (part.status_code, part.content) == (206, SEGMENT[24:8216])
    assert "Content-Encoding" not in part.headers
    for path in ("peaks/64.dat", "peaks/32.json", "peaks/../master.m3u8", "opus/32.dat"):
        address = url(media, "master.m3u8").replace("master.m3u8", path)
        assert client.get(address).status_code == 404, path
    lossless = url(media, "master.m3u8", scope="lossless")
    assert client.get(lossless.replace("master.m3u8", "peaks/32.dat")).status_code == 404
    address = url(media, "peaks/32.dat")
    media.revoke()
    assert client.get(address).status_code == 403


def test_a_long_file_is_streamed(client: Client, media: Media) -> None:
    address = url(media, "mp3_320.mp3")
    whole = client.get(address)
    assert whole.streaming
    assert b"".join(whole) == BIG
    assert whole.headers["Content-Length"] == str(len(BIG))
    tail = client.get(address, headers={"Range": "bytes=2-"})
    assert tail.status_code == 206
    assert b"".join(tail) == BIG[2:]


@pytest.mark.parametrize("path", ["opus/segment_000.m4s", "master.m3u8", "mp3_320.mp3"])
def test_head_tells_and_sends_nothing(client: Client, media: Media, path: str) -> None:
    answer = client.head(url(media, path))
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) > 0
    assert answer.content == b""


@pytest.mark.parametrize("path", ["opus/segment_000.m4s", "master.m3u8", "waveform.json"])
def test_what_the_client_has_is_not_sent_again(client: Client, media: Media, path: str) -> None:
    first = client.get(url(media, path))
    second = client.get(url(media, path), headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    assert second.content == b""


def test_peaks_travel_compressed_where_understood(client: Client, media: Media) -> None:
    packed = client.get(url(media, "waveform.json"), headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == b'{"version":2}'
    assert client.get(url(media, "waveform.json")).json() == {"version": 2}


def test_lives(media: Media) -> None:
    now = time.time()
    assert 0 <= expiry_for() - (now + 6 * 3600) <= 300
    assert 0 <= expiry_for(duration_ms=10 * 3600 * 1000) - (now + 20 * 3600) <= 300
    assert expiry_for() % 300 == 0
    assert expiry_for(scope="img") % 86400 == 0
    assert now + 86400 <= expiry_for(scope="img") <= now + 2 * 86400
    assert url(media, "cover.jpg", scope="img").split("/")[6] == "-"


def test_nginx_is_told_where_the_bytes_lie(client: Client, media: Media, settings: Any) -> None:
    settings.NEXUS_ACCEL_PREFIX = "/_media/"
    answer = client.get(url(media, "opus/segment_000.m4s"))
    key = f"transcodes/{media.asset_id}/main1/opus/segment_000.m4s"
    assert answer.headers["X-Accel-Redirect"] == f"/_media/{key}"
    assert answer.headers["Content-Type"] == "video/iso.segment"
    assert answer.content == b""
    # A playlist may still grow: that is for Nexus to see.
    assert client.get(url(media, "opus/playlist.m3u8")).content == GROWING
