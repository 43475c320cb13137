"""From one piece to the next: without a gap, or with the crossfade one asked for."""

import json
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser import capture
from tests.browser.capture import RATE, Heard
from tests.browser.conftest import Publish
from tests.browser.page import AUDIO, PLAYER, until
from tests.sites import Site
from tracks.models import Track
from tracks.player import player_data

pytestmark = pytest.mark.django_db(transaction=True)

GAP_MS = 50
LOW, HIGH = 500.0, 1500.0  # Hz
LEVEL = 10 ** (-12 / 20)
WINDOW = 96  # samples: 2 ms, in which both tones go round whole times

QUEUE = (
    PLAYER
    + """.then((player) => {
  const queue = NEXT;
  player.upNext = () => queue[0] ?? null;
  window.advanced = [];
  player.addEventListener('advanced', ({ detail }) => {
    window.advanced.push(detail.track.title);
    queue.shift();
  });
})"""
)


def two_tones(publish: Publish, folder: Path) -> tuple[Track, Track]:
    """Two public pieces of six and eight seconds, told apart by their pitch."""
    low = capture.pure_tone(folder / "low.flac", LOW, seconds=6)
    high = capture.pure_tone(folder / "high.flac", HIGH, seconds=8)
    return publish(str(low), title="Low"), publish(str(high), title="High")


def hear_both(page: Page, first: Track, second: Track, *, url: str) -> Heard:
    """Play the first piece from its beginning until the second has played for two seconds."""
    page.goto(url + first.get_absolute_url())
    page.evaluate(QUEUE.replace("NEXT", json.dumps([player_data(second.primary_version)])))
    page.get_by_role("button", name="Play Low").click()
    until(page, f"{AUDIO}.currentTime > 0.5")
    capture.start(page)
    until(page, f"window.advanced.length === 1 && {AUDIO}.currentTime > 2.5")
    return capture.take(page)


def test_the_next_piece_begins_without_a_gap(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    first, second = two_tones(publish, tmp_path)
    capture.listen(page)
    heard = hear_both(page, first, second, url=served.url)
    low = capture.strength(heard.samples, LOW, WINDOW) > LEVEL / 4
    high = capture.strength(heard.samples, HIGH, WINDOW) > LEVEL / 4
    ends, begins = np.flatnonzero(low)[-1] + 1, np.flatnonzero(high)[0]
    gap = (begins - ends) * WINDOW / RATE * 1000
    assert heard.lost < RATE / 100, "the recorder missed too much to tell"
    assert -2 * GAP_MS <= gap <= GAP_MS, f"{gap:.1f} ms"
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("link", name="High")).to_be_visible()


def test_a_crossfade_takes_the_seconds_one_asked_for(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    first, second = two_tones(publish, tmp_path)
    capture.listen(page)
    page.add_init_script("localStorage.setItem('nexus.sound', JSON.stringify({ crossfade: 2 }))")
    heard = hear_both(page, first, second, url=served.url)
    low = capture.strength(heard.samples, LOW, WINDOW)
    high = capture.strength(heard.samples, HIGH, WINDOW)
    both = np.flatnonzero((low > LEVEL * 0.05) & (high > LEVEL * 0.05))
    assert 1.6 < len(both) * WINDOW / RATE < 2.4
    middle = both[len(both) // 2]
    power = low[middle - 20 : middle + 20] ** 2 + high[middle - 20 : middle + 20] ** 2
    assert abs(10 * np.log10(power.mean() / LEVEL**2)) < 1.5, "loudness stays as it is"
