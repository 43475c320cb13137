"""Four gigabytes, of which nothing is held: neither in memory nor as a copy."""

import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest

from media_pipeline.storage import get_storage
from tests.depth import depth
from tracks.downloads import parcels
from tracks.downloads.layout import Member, size_of, zipped
from tracks.downloads.services import giving
from tracks.models import Parcel

GIB, MIB = 1 << 30, 1 << 20
MOST_MEMORY = 8 * MIB


@pytest.fixture
def large() -> Any:
    """A zip of four files of 1 GiB each, which are one hole."""
    storage, key = get_storage(), "downloads/hole"
    storage.write(key, b"", content_type="x/y")
    path = storage.local_path(key)
    with path.open("r+b") as file:
        file.truncate(GIB)
    when = datetime(2026, 11, 30, tzinfo=UTC)
    members = [Member(f"{n}.wav", [(key, 0, GIB)], GIB, 0, when) for n in range(4)]
    yield zipped(members)
    storage.delete(key)


def test_memory_does_not_grow_with_what_is_sent(large: Any) -> None:
    parcel = Parcel(stretches=parcels.as_kept(large), media=[], files=[])
    size = size_of(large)
    start = size - depth(some=200 * MIB, all_of_them=size)
    tracemalloc.start()
    sent = sum(map(len, giving.read(parcel, start, size)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent == size - start
    assert peak < MOST_MEMORY
