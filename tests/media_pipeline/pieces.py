"""One piece whose bytes are there, and its signed addresses."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

from media_pipeline.delivery import media_url
from media_pipeline.models import Media
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory, MediaFactory

MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nopus/playlist.m3u8\n"
GROWING = b"#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:6,\nsegment_000.m4s\n"
SEGMENT = bytes(range(256)) * 40
PEAKS = gzip.compress(b'{"version":2}')
BIG = b"\xff\xfb" + bytes(3 * 1024 * 1024)


@contextmanager
def stored_piece() -> Iterator[Media]:
    """One piece with a directory of each job and everything beside it."""
    media: Media = MediaFactory(asset=AssetFactory(attempt="main1", extras_attempt="more1"))
    storage, asset = get_storage(), media.asset
    files = {
        "main1/master.m3u8": MASTER,
        "main1/opus/init.mp4": b"ftyp",
        "main1/opus/playlist.m3u8": GROWING,
        "main1/opus/segment_000.m4s": SEGMENT,
        "main1/peaks/32.dat": SEGMENT,
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
    storage.delete_prefix(f"transcodes/{asset.pk}")
    for key in (f"waveforms/{asset.pk}.json", f"images/artwork_{asset.pk}_full.jpg", asset.key):
        storage.delete(key)


def url(media: Media, path: str, **how: object) -> str:
    """Return a signed address; lossless and MP3 lie in the extras job's directory."""
    attempt = "more1" if how.get("scope") == "lossless" or path.endswith("mp3") else "main1"
    return media_url(media, attempt, path, **how)  # type: ignore[arg-type]
