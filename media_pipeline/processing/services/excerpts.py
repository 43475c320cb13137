"""Some seconds of an original on demand. Nothing of it is kept anywhere."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_pipeline.models import Asset
from media_pipeline.steps.excerpt import excerpt
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from media_pipeline.storage import get_storage

FETCH_S = 60.0  # for an original that lies in an object storage


def excerpt_of(asset: Asset, *, at_ms: int, ms: int) -> bytes:
    """Return so much of what arrived, from there, as MP3; empty behind its end.

    Raises FileNotFoundError, TimeoutError, Refused or ProcessFailed (the file).
    """
    with _local(asset) as original:
        demuxer = sniff(original)
        claims = probe(original, demuxer)
        return excerpt(original, demuxer, claims, at_s=at_ms / 1000, seconds=ms / 1000)


@contextmanager
def _local(asset: Asset) -> Iterator[Path]:
    storage = get_storage()
    storage.size(asset.key)  # raises FileNotFoundError
    if path := storage.local_path(asset.key):
        yield path
        return
    ends = time.monotonic() + FETCH_S
    with tempfile.TemporaryDirectory(prefix="excerpt-") as folder:
        path = Path(folder, "original")
        with path.open("wb") as file:
            for chunk in storage.stream(asset.key):
                file.write(chunk)
                if time.monotonic() > ends:
                    raise TimeoutError(f"{asset.pk} could not be fetched in {FETCH_S:g} s.")
        yield path
