"""Looking into a page that plays."""

import time
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, Page, Response

AUDIO = "document.querySelector('audio-player audio[data-active]')"
# The page's own instance.
PLAYER = (
    "customElements.whenDefined('audio-player')"
    ".then(() => document.querySelector('audio-player').player)"
)


# These come when somebody wants them, and some for nobody here.
LATER = "play-list, now-playing, queue-panel, player-settings, cinema-view, share-sheet, search-box"
NEVER = ":root:not([data-person]) :is(account-menu, notification-badge), wave-pin:not([data-pins])"
ASLEEP = f"document.querySelector(':not(:defined):not({LATER}, {NEVER})') !== null"
AWAKE_SECONDS = 5.0

_goto = Page.goto


def goto_and_wake(page: Page, url: str, **how: Any) -> Response | None:
    """Open a page and wait until its elements have their scripts: a press before that is lost.

    Not where a test looks at the page before it has loaded; and not for ever: with scripts switched
    off none of them wakes.
    """
    answer = _goto(page, url, **how)
    deadline = time.monotonic() + AWAKE_SECONDS
    if not how:
        with suppress(Error):  # it is leading elsewhere already
            while page.evaluate(ASLEEP) and time.monotonic() < deadline:
                page.wait_for_timeout(20)
    return answer


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
