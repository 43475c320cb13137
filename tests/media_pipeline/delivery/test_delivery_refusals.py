"""Music under signed addresses: what stays closed."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from media_pipeline.delivery import media_url, records
from media_pipeline.delivery.records import KEPT_SECONDS
from media_pipeline.models import Media
from tests.factories.media_pipeline import MediaFactory
from tests.media_pipeline.pieces import MASTER, stored_piece, url

pytestmark = pytest.mark.django_db


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


@pytest.mark.django_db(transaction=True)
def test_a_listener_during_the_revocation_keeps_nothing_of_the_old_epoch(client: Client) -> None:
    with stored_piece() as media:
        address = url(media, "master.m3u8")
        before = records.find(media.pk)
        with transaction.atomic():
            media.revoke()
            # Somebody asks before the commit, sees the old epoch and keeps it.
            cache.set(Media.cache_key(media.pk), tuple(before or ()), KEPT_SECONDS)
        refused(client, address, "link-invalid")


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


def test_nobody_is_looked_up(client: Client, media: Media, django_assert_num_queries: Any) -> None:
    address = url(media, "opus/segment_000.m4s")
    with django_assert_num_queries(1):
        client.get(address)
    client.cookies["sessionid"] = "somebody"
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200
