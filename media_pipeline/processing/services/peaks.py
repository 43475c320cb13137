"""Peaks for zooming: stored in the attempt's own directory, so they go when it goes."""

from pathlib import Path

from media_pipeline.steps.encode import Encoded
from media_pipeline.steps.peaks import LEVELS, coarsest, dat
from media_pipeline.storage import get_storage

CONTENT_TYPE = "application/octet-stream"


def store_peaks(prefix: str, fine: Path, encoded: Encoded) -> None:
    """Store `peaks/<samples per pixel>.dat` for every level, uncompressed so that ranges work."""
    storage = get_storage()
    storage.write_file(_key(prefix, LEVELS[0]), fine, content_type=CONTENT_TYPE)
    levels = {LEVELS[1]: encoded.peaks, LEVELS[2]: coarsest(encoded.peaks)}
    for level, peaks in levels.items():
        data = dat(peaks, encoded.sample_rate, level)
        storage.write(_key(prefix, level), data, content_type=CONTENT_TYPE)


def _key(prefix: str, level: int) -> str:
    return f"{prefix}/peaks/{level}.dat"
