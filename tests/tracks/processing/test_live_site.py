"""The whole way, in real processes: a job, its worker, the web process and a browser's socket."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from media_pipeline.jobs.services import jobs
from media_pipeline.storage import get_storage
from tests.factories.tracks import TrackFactory
from tests.sites import Site


def test_a_listener_watches_until_it_is_ready(site: Site, tone: Callable[..., Path]) -> None:
    track = TrackFactory.create(visibility="unlisted")
    version = track.primary_version
    asset = version.media.asset
    path = tone(seconds=120)
    get_storage().write_file(asset.key, path, content_type="audio/wav")
    site.serve()
    site.work("fast")
    address = f"{site.url}/ws/versions/{version.pk}/".replace("http", "ws")
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin=site.url)  # type: ignore[arg-type]
    jobs.enqueue(kind="process", asset=asset)
    with connect(f"{address}?token={track.token}", origin=site.url) as socket:  # type: ignore[arg-type]
        heard = [(time.monotonic(), str(text)) for text in socket]
    assert socket.close_code == 1000
    fragments = [text for _, text in heard]
    assert 'data-live="true"' in fragments[0]
    assert 'data-status="ready"' in fragments[-1]
    assert any('data-playable="true"' in text and "<progress" in text for text in fragments)
    pauses = [later - sooner for (sooner, _), (later, _) in itertools.pairwise(heard)]
    assert len(pauses) <= 2 * sum(pauses) + 1, "at most two a second"
