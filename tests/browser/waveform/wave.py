"""What tests of the waveform share."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.playback.test_player import until
from tests.sites import Site
from tracks.models import Track

VIEW = "document.querySelector('wave-form').view"
PEAKS = "document.querySelector('wave-form').peaks"


def open_track(page: Page, served: Site, track: Track, hash: str = "") -> Locator:
    """Open a track's page; return the part of its waveform that is painted."""
    page.goto(served.url + track.get_absolute_url() + hash)
    expect(page.locator("wave-form[data-drawn] canvas").first).to_be_visible()
    return page.locator("wave-form .wave__view")


def span(page: Page) -> float:
    """Return the seconds across the screen."""
    return float(page.evaluate(f"{VIEW}.span"))


def settled(page: Page) -> float:
    """Wait until the picture rests; return the seconds across the screen."""
    before = -1.0
    while before != (now := span(page)):
        before = now
        page.wait_for_timeout(120)
    return now


def middle(view: Locator) -> tuple[float, float]:
    """Return the point in the middle of an element."""
    box: Any = view.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press, move and let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def fine(page: Page) -> None:
    """Wait until the finest peaks are here for what is shown."""
    until(page, f"{PEAKS}.scales.at(-1).samples === 32 && {PEAKS}.isFine({VIEW}.start, {VIEW}.end)")
