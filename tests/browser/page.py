"""Looking into a page that plays."""

import time

from playwright.sync_api import Page

AUDIO = "document.querySelector('audio-player audio[data-active]')"
# The page's own instance.
PLAYER = (
    "customElements.whenDefined('audio-player')"
    ".then(() => document.querySelector('audio-player').player)"
)


def position(page: Page) -> float:
    """Return where the sound is, in seconds."""
    return float(page.evaluate(f"{AUDIO}.currentTime"))


def until(page: Page, condition: str, seconds: float = 45) -> None:
    """Wait until a JavaScript condition holds; Playwright's own way needs `unsafe-eval`."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        page.wait_for_timeout(50)


def plays_on(page: Page) -> None:
    """Wait until the sound has moved by a second."""
    start = position(page)
    until(page, f"!{AUDIO}.paused && {AUDIO}.currentTime > {start + 1}")
