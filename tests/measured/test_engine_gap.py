"""From one piece to the next: without a gap, or with the crossfade one asked for."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.bench import listening
from tests.browser.fixtures import Publish
from tests.browser.page import AUDIO, until
from tests.factories.tracks import ReleaseFactory
from tests.measured import capture
from tests.measured.capture import RATE
from tests.sites import Site
from tracks.models import ReleaseTrack, Track
from tracks.player import player_data

pytestmark = pytest.mark.django_db(transaction=True)

GAP_MS = 50
LOW, HIGH = 500.0, 1500.0  # Hz
LEVEL = 10 ** (-12 / 20)
WINDOW = 96  # samples: 2 ms, in which both tones go round whole times


def published(publish: Publish, folder: Path, **fields: Any) -> list[Track]:
    """Two public pieces of eight seconds, told apart by their pitch."""
    found = []
    for name, hertz in [("Low", LOW), ("High", HIGH)]:
        source = capture.pure_tone(folder / f"{name}.flac", hertz, seconds=8)
        found.append(publish(str(source), title=name, **fields))
    return found


def two_tones(publish: Publish, folder: Path) -> list[dict[str, Any]]:
    """What a player needs of two such pieces."""
    return [player_data(track.primary_version) for track in published(publish, folder)]


@pytest.mark.long("listens in real time")
def test_the_next_piece_begins_without_a_gap(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    pieces = two_tones(publish, tmp_path)

    def worst() -> float:
        gaps = listening.turns(page, served.url, pieces, count=3)
        assert np.median(gaps) >= -GAP_MS, "nor do they overlap"
        return max(gaps)

    assert capture.best(worst, GAP_MS) <= GAP_MS
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("link", name="High")).to_be_visible()


def test_a_release_plays_on_without_a_gap(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    release: Any = ReleaseFactory(title="Both", published_at=timezone.now())
    for position, track in enumerate(published(publish, tmp_path, owner=release.owner), start=1):
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    capture.listen(page)
    page.goto(served.url + release.get_absolute_url())

    def gap() -> float:
        page.get_by_role("button", name="Play all").click()
        until(page, f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.5 && {AUDIO}.currentTime < 4")
        page.evaluate(listening.NEAR_THE_END)
        page.wait_for_timeout(500)
        capture.start(page)
        expect(player.get_by_role("link", name="High")).to_be_visible()
        until(page, f"{AUDIO}.currentTime > 1")
        found = listening.gap(capture.take(page).samples, LOW, HIGH)
        assert found >= -GAP_MS, "nor do they overlap"
        return found

    player = page.get_by_role("region", name="Player")
    assert capture.best(gap, GAP_MS) <= GAP_MS


def test_a_crossfade_takes_the_seconds_one_asked_for(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    pieces = two_tones(publish, tmp_path)
    capture.listen(page)
    page.add_init_script("localStorage.setItem('nexus.sound', JSON.stringify({ crossfade: 2 }))")
    page.goto(served.url + pieces[0]["url"])
    page.evaluate(listening.QUEUE.replace("PIECES", json.dumps(pieces)))
    page.get_by_role("button", name="Play Low").click()
    until(page, f"{AUDIO}.currentTime > 0.5")
    capture.start(page)
    until(page, f"window.turns === 1 && {AUDIO}.currentTime > 3.5")
    heard = capture.take(page)
    low = capture.strength(heard.samples, LOW, WINDOW)
    high = capture.strength(heard.samples, HIGH, WINDOW)
    both = np.flatnonzero((low > LEVEL * 0.05) & (high > LEVEL * 0.05))
    assert 1.6 < len(both) * WINDOW / RATE < 2.4
    middle = both[len(both) // 2]
    power = low[middle - 20 : middle + 20] ** 2 + high[middle - 20 : middle + 20] ** 2
    assert abs(10 * np.log10(power.mean() / LEVEL**2)) < 1.5, "loudness stays as it is"
