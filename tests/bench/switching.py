"""What is heard when one version of a piece takes over from another: gap and drift in ms."""

from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from config.setup import chromium
from tests.bench.listening import ARGUMENTS, TIMEOUT_SECONDS, gap, is_ready
from tests.bench.processing import upload
from tests.browser.page import until
from tests.measured import capture
from tests.measured.capture import RATE, Samples
from tests.measured.switching import POSITION, choose, filtered, place, samples_of
from tests.sites import wait_until

TONES = (500.0, 1500.0)  # Hz
SWITCHES = 6
SETTLED_MS = 700
APART_MS = 1500
PIECE = "music/02-sugar-plum-fairy.ogg"
UPSIDE_DOWN = "volume=-5dB,aeval=-val(0)|-val(1)"
HALF_SECOND = RATE // 2


def measure(data: Path, *, base: str, token: str, folder: Path) -> dict[str, Any]:
    """Upload versions to a running site, switch between them, and tell gaps and drift in ms.

    The gap is between two tones, whatever plays first; the drift is that of music against itself
    upside down, between the earliest and the latest place found over all switches.
    """
    low, high = (
        capture.pure_tone(folder / f"tone{hertz:.0f}.flac", hertz, seconds=40) for hertz in TONES
    )
    piece = data / PIECE
    first = filtered(piece, folder / "first.wav", "anull")
    second = filtered(piece, folder / "second.wav", UPSIDE_DOWN)
    tones = _versions(low, high, base=base, token=token)
    music = _versions(first, second, base=base, token=token)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        gaps = gaps_of(_playing(browser.new_page(), base + tones), *TONES, switches=SWITCHES)
        page = _playing(browser.new_page(), base + music)
        offsets = offsets_of(page, samples_of(first), switches=SWITCHES)
        browser.close()
    return {
        "gaps_ms": [round(gap, 2) for gap in gaps],
        "worst_gap_ms": round(max(gaps), 2),
        "drift_ms": round(max(offsets) - min(offsets), 3),
    }


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


def offsets_of(page: Page, music: Samples, *, switches: int) -> list[float]:
    """Switch between a version and itself upside down; return where each stretch lies, in ms.

    All are the same number where the versions keep one clock. Both must have been heard.
    """
    choose(page, 2)
    capture.start(page)
    for switch in range(switches):
        page.wait_for_timeout(APART_MS)
        choose(page, switch % 2 + 1)
    page.wait_for_timeout(APART_MS)
    heard = capture.take(page).samples
    starts = range(0, len(heard) - HALF_SECOND, HALF_SECOND)
    places = [(at, place(heard[at : at + HALF_SECOND], music)) for at in starts]
    found = [(at, *where) for at, where in places if where]
    assert len(found) > len(places) / 2, "most of it is music from one place"
    assert {factor > 0 for _, _, factor in found} == {True, False}, "both versions were heard"
    return [(where - at) / RATE * 1000 for at, where, _ in found]


def _versions(*sources: Path, base: str, token: str) -> str:
    """Upload the sources as versions of one public track; return the path of its page."""
    first = upload(sources[0], base=base, token=token)
    answers = [first]
    for source in sources[1:]:
        target = {"version_of": first["track"]["id"]}
        answers.append(upload(source, base=base, token=token, target=target))
    for answer in answers:
        address = f"{base}/api/v1/versions/{answer['version']['id']}/"
        wait_until(partial(is_ready, address), TIMEOUT_SECONDS)
    return str(first["track"]["url"])


def _playing(page: Page, address: str) -> Page:
    capture.listen(page)
    page.goto(address)
    page.locator("main play-button button").first.click()
    until(page, f"{POSITION}.then((at) => at > 1)")
    return page
