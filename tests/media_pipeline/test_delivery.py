"""Music under signed addresses: what opens, what stays closed, and how the bytes come."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from media_pipeline.delivery import expiry_for, media_url
from media_pipeline.delivery.records import KEPT_SECONDS
from media_pipeline.models import Media
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory, MediaFactory

pytestmark = pytest.mark.django_db

MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nopus/playlist.m3u8\n"
GROWING = b"#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:6,\nsegment_000.m4s\n"
FOREVER = "private, max-age=31536000, immutable"
SEGMENT = bytes(range(256)) * 40
PEAKS = gzip.compress(b'{"version":2}')
BIG = b"\xff\xfb" + bytes(3 * 1024 * 1024)


@pytest.fixture
def media() -> Iterator[Media]:
    """One piece with a directory of each job and everything beside it."""
    media = MediaFactory(asset=AssetFactory(attempt="main1", extras_attempt="more1"))
    storage, asset = get_storage(), media.asset
    files = {
        "main1/master.m3u8": MASTER,
        "main1/opus/init.mp4": b"ftyp",
        "main1/opus/playlist.m3u8": GROWING,
        "main1/opus/segment_000.m4s": SEGMENT,
        "more1/master.m3u8": MASTER,
        "more1/flac/segment_000.m4s": SEGMENT,
        "more1/mp3_320.mp3": BIG,
    }
    for name, data in files.items():
        storage.write(f"transcodes/{asset.pk}/{name}", data, content_type="x/y")
    storage.write(f"waveforms/{asset.pk}.json", PEAKS, content_type="application/json")
    storage.write(f"images/artwork_{asset.pk}_full.jpg", b"jpeg", content_type="image/jpeg")
    storage.write(asset.key, b"RIFF original", content_type="audio/wav")
    yield media
    for prefix in (
        f"transcodes/{asset.pk}/",
        f"waveforms/{asset.pk}",
        f"images/artwork_{asset.pk}",
    ):
        storage.delete_prefix(prefix)
    storage.delete(asset.key)


def url(media: Media, path: str, **how: object) -> str:
    """Return a signed address; lossless and MP3 lie in the extras job's directory."""
    attempt = "more1" if how.get("scope") == "lossless" or path.endswith("mp3") else "main1"
    return media_url(media, attempt, path, **how)  # type: ignore[arg-type]


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


# --- what stays closed ------------------------------------------------------------------------


def refused(client: Client, address: str, kind: str, status: int = 403) -> None:
    """Check that an address answers with this stable problem type."""
    answer = client.get(address)
    assert answer.status_code == status, address
    assert answer.json()["type"] == f"/problems/{kind}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def swap(address: str, at: int, value: str) -> str:
    """Return the address with one of its parts exchanged: 2 expiry, 3 scope, 4 signature, …"""
    parts = address.split("/")
    parts[at] = value
    return "/".join(parts)


def test_no_part_of_a_signed_address_can_be_exchanged(client: Client, media: Media) -> None:
    other = MediaFactory(asset=media.asset)
    good = url(media, "master.m3u8")
    assert client.get(good).status_code == 200
    expiry, signature = good.split("/")[2], good.split("/")[4]
    refused(client, swap(good, 2, str(int(expiry) + 300)), "link-invalid")
    refused(client, swap(good, 3, "lossless"), "link-invalid")
    refused(client, swap(good, 4, signature[::-1]), "link-invalid")
    refused(client, swap(good, 4, "x"), "link-invalid")
    refused(client, swap(good, 5, str(other.pk)), "link-invalid")
    refused(client, swap(good, 5, str(uuid4())), "link-invalid")
    refused(client, swap(good, 6, "more1"), "link-invalid")


def test_two_versions_of_the_same_bytes_have_keys_of_their_own(
    client: Client, media: Media
) -> None:
    other = MediaFactory(asset=media.asset)
    assert client.get(url(other, "master.m3u8")).status_code == 200
    other.revoke()
    refused(client, url(MediaFactory.build(pk=other.pk), "master.m3u8"), "link-invalid")
    assert client.get(url(media, "master.m3u8")).status_code == 200


def test_the_ordinary_scope_opens_nothing_lossless(client: Client, media: Media) -> None:
    for address in (url(media, "master.m3u8"), url(media, "mp3_320.mp3")):
        base = "/".join(address.split("/")[:7])
        for path in ("flac/segment_000.m4s", "alac/init.mp4", "flac/playlist.m3u8"):
            refused(client, f"{base}/{path}", "not-found", 404)
    # The MP3 lies beside the lossless master; the signature of its directory must not open that.
    base = url(media, "mp3_320.mp3").removesuffix("mp3_320.mp3")
    refused(client, base + "master.m3u8", "not-found", 404)
    lossless = url(media, "master.m3u8", scope="lossless")
    assert client.get(lossless).content == MASTER
    refused(client, lossless.replace("master.m3u8", "mp3_320.mp3"), "not-found", 404)
    refused(client, lossless.replace("master.m3u8", "opus/init.mp4"), "not-found", 404)
    refused(client, lossless.replace("master.m3u8", "cover.jpg"), "not-found", 404)


@pytest.mark.parametrize(
    "path",
    [
        "../../../originals/x.wav",
        "opus/../../../../originals/x.wav",
        "opus/%2e%2e/master.m3u8",
        "opus/segment_000.m4s%00.mp3",
        "opus/segment_0.m4s",
        "opus/",
        "MASTER.m3u8",
        "master.m3u8%0a",
        "original.wav",
        "opus//init.mp4",
    ],
)
def test_only_names_of_the_layout_exist(client: Client, media: Media, path: str) -> None:
    base = url(media, "master.m3u8").removesuffix("master.m3u8")
    assert client.get(base + path).status_code == 404


def test_originals_have_no_listening_address(client: Client, media: Media) -> None:
    for scope in ("std", "lossless", "img", "original"):
        with pytest.raises(ValueError, match="There is no"):
            media_url(media, "main1", media.asset.key, scope=scope)
    base = url(media, "master.m3u8").removesuffix("master.m3u8")
    for path in (media.asset.key, f"../../../{media.asset.key}", Path(media.asset.key).name):
        assert client.get(base + path).status_code == 404
    assert client.get(f"/{media.asset.key}").status_code == 404
    assert client.get(f"/media/{media.asset.key}").status_code == 404


def test_an_ended_address_says_so(
    client: Client, media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url(media, "master.m3u8")
    now = time.time()
    monkeypatch.setattr("media_pipeline.delivery.views.time.time", lambda: now + 7 * 3600)
    refused(client, address, "link-expired")


def test_a_revoked_address_ends_at_once(client: Client, media: Media) -> None:
    address = url(media, "master.m3u8")
    assert client.get(address).status_code == 200
    media.revoke()
    refused(client, address, "link-invalid")
    assert client.get(url(media, "master.m3u8")).status_code == 200


def test_a_revocation_the_cache_has_missed_bites_within_half_a_minute(media: Media) -> None:
    assert KEPT_SECONDS <= 30


def test_what_is_not_stored_yet_is_not_found(client: Client, media: Media) -> None:
    refused(client, url(media, "aac/init.mp4"), "not-found", 404)
    refused(client, url(media, "cover-thumb.jpg", scope="img"), "not-found", 404)


def test_music_can_only_be_fetched(client: Client, media: Media) -> None:
    assert client.post(url(media, "master.m3u8")).status_code == 405
    assert client.delete(url(media, "master.m3u8")).status_code == 405
    preflight = client.options(url(media, "master.m3u8"))
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Headers"] == "Range"


def test_nobody_is_looked_up(client: Client, media: Media, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    address = url(media, "opus/segment_000.m4s")
    with django_assert_num_queries(1):
        client.get(address)
    client.cookies["sessionid"] = "somebody"
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_lives(media: Media) -> None:
    now = time.time()
    assert 0 <= expiry_for() - (now + 6 * 3600) <= 300
    assert 0 <= expiry_for(duration_ms=10 * 3600 * 1000) - (now + 20 * 3600) <= 300
    assert expiry_for() % 300 == 0
    assert expiry_for(scope="img") % 86400 == 0
    assert now + 86400 <= expiry_for(scope="img") <= now + 2 * 86400
    assert url(media, "cover.jpg", scope="img").split("/")[6] == "-"


def test_nginx_is_told_where_the_bytes_lie(client: Client, media: Media, settings) -> None:  # type: ignore[no-untyped-def]
    settings.NEXUS_ACCEL_PREFIX = "/_media/"
    answer = client.get(url(media, "opus/segment_000.m4s"))
    key = f"transcodes/{media.asset_id}/main1/opus/segment_000.m4s"
    assert answer.headers["X-Accel-Redirect"] == f"/_media/{key}"
    assert answer.headers["Content-Type"] == "video/iso.segment"
    assert answer.content == b""
    # A playlist may still grow: that is for Nexus to see.
    assert client.get(url(media, "opus/playlist.m3u8")).content == GROWING
