"""A piece with everything that is signed of it, and every address a listener was given."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from media_pipeline.models import Asset
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory, MediaFactory, finish
from tests.factories.stems import ready_stem
from tests.factories.tracks import ReadyTrackFactory, add_version
from tracks.models import Track, TrackVersion, TrackVisual

HEADER = b"....dOps\x00\x02\x01\x38\x00\x00\xbb\x80\x00\x00\x00...."
FILES = ("master.m3u8", "opus/segment_000.m4s", "opus/init.mp4", "mp3_320.mp3", "peaks/32.dat")


@contextmanager
def whole_piece(**fields: Any) -> Iterator[Track]:
    """Two versions, the first one primary and with a stem, and a picture: rows and bytes."""
    track: Track = ReadyTrackFactory.create(**fields)
    first = track.primary_version
    second = add_version(track, finish(AssetFactory.create(owner=track.owner)))
    TrackVersion.objects.filter(track=track).update(status="ready")
    Track.objects.filter(pk=track.pk).update(primary_version=first)
    track.refresh_from_db()
    stem = ready_stem(first)
    picture = finish(AssetFactory.create(owner=track.owner))
    Asset.objects.filter(pk=picture.pk).update(mime="image/jpeg")
    TrackVisual.objects.create(
        track=track, media=MediaFactory.create(asset=picture), created_by=track.owner
    )
    assets = [first.media.asset, second.media.asset, stem.media.asset, picture]
    for asset in assets:
        _store(asset)
    yield track
    for asset in assets:
        get_storage().delete_prefix(f"transcodes/{asset.pk}/")
        for key in _beside(asset):
            get_storage().delete(key)


def addresses(client: Client, track: Track, key: str = "") -> dict[str, str]:
    """Ask every surface for the piece as a listener does; return by name what was handed out."""
    first, second = track.versions.order_by("number")
    query = f"?token={key}" if key else ""
    found = {
        f"{name} of v{version.number}": address
        for version in (first, second)
        for name, address in _of_version(client, f"/api/v1/versions/{version.pk}/{query}")
    }
    stem = client.get(f"/api/v1/versions/{first.pk}/stems/{query}").json()["results"][0]["hls_url"]
    found["master of the stem"] = stem
    found["segment of the stem"] = stem.replace("master.m3u8", "opus/segment_000.m4s")
    visual = client.get(f"/api/v1/versions/{first.pk}/visual/{query}").json()
    found["picture of the cinema"] = visual["url"]
    pair = {"version_a": str(first.pk), "version_b": str(second.pk), "token": key}
    begun = client.post(
        f"/api/v1/tracks/{track.pk}/blind-tests/", pair, content_type="application/json"
    ).json()
    x = begun["trial"]["hls_url"]
    found["hidden X"] = x.replace("master.m3u8", "opus/segment_000.m4s")
    found["key of the blind test"] = f"/api/v1/blind-tests/{begun['id']}/?key={begun['key']}"
    return found


def frames(client: Client, track: Track) -> dict[str, str]:
    """Return what foreign pages hold of a piece that everybody may hear."""
    cover = f"/cover/track/{track.pk}.jpg"
    return {
        "frame": f"/embed/track/{track.pk}/",
        "lasting address of the cover": cover,
        "cover behind it": client.get(cover).headers["Location"],
    }


def statuses(client: Client, found: dict[str, str]) -> dict[str, int]:
    """Return what each address answers."""
    return {name: client.get(address).status_code for name, address in found.items()}


def open_ones(client: Client, found: dict[str, str]) -> list[str]:
    """Return the names of the addresses that are not refused with 403 or 404."""
    return [name for name, code in statuses(client, found).items() if code not in {403, 404}]


def _of_version(client: Client, address: str) -> Iterator[tuple[str, str]]:
    told = client.get(address).json()
    yield "master", told["hls_url"]
    yield "segment", told["hls_url"].replace("master.m3u8", "opus/segment_000.m4s")
    yield "peaks", told["hls_url"].replace("master.m3u8", "peaks/32.dat")
    yield "mp3", told["mp3_url"]
    yield "waveform", told["waveform_url"]
    yield "cover", told["cover_url"]
    yield "cover, small", told["cover_url"].replace("cover.jpg", "cover-thumb.jpg")


def _store(asset: Asset) -> None:
    storage = get_storage()
    for name in FILES:
        body = HEADER if name.endswith("init.mp4") else b"#EXTM3U\n"
        storage.write(f"transcodes/{asset.pk}/a1/{name}", body, content_type="x/y")
    for key in _beside(asset):
        storage.write(
            key, gzip.compress(b"{}") if key.endswith("json") else b"jpeg", content_type="x/y"
        )


def _beside(asset: Asset) -> list[str]:
    sizes = ("full", "thumb")
    pictures = [f"images/artwork_{asset.pk}_{size}.jpg" for size in sizes]
    return [*pictures, f"visuals/{asset.pk}.jpg", f"waveforms/{asset.pk}.json"]
