"""What is heard when one version of a piece takes over from another: gap and drift in ms."""

from playwright.sync_api import Page

from tests.bench.listening import gap
from tests.browser import capture
from tests.browser.switching import choose

SETTLED_MS = 700


def gaps_of(page: Page, first: float, second: float, *, switches: int) -> list[float]:
    """Switch between two versions that are tones of these pitches (Hz); return the gaps in ms."""
    gaps = []
    for switch in range(switches):
        before, after = (first, second) if switch % 2 == 0 else (second, first)
        capture.start(page)
        page.wait_for_timeout(SETTLED_MS)
        choose(page, 2 if switch % 2 == 0 else 1)
        page.wait_for_timeout(SETTLED_MS)
        gaps.append(gap(capture.take(page).samples, before, after))
    return gaps
