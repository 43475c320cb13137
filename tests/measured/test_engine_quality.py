"""Another rendition of the same piece: chosen, not heard, remembered; and lines that change."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.page import AUDIO, plays_on, until
from tests.browser.playback.test_player import requests_of
from tests.measured import capture
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

DROPOUT_MS = 20
TONE = 440.0  # Hz
WORDS = {
    "lossless": "You hear lossless (FLAC).",
    "aac": "You hear AAC, 256 kbit/s.",
    "opus64": "You hear Opus, 64 kbit/s.",
    "opus": "You hear Opus, 160 kbit/s.",
}


def fetched(asked: list[str]) -> list[str]:
    """Return the renditions whose segments were asked for, in order, each once in a row."""
    names = [found[1] for url in asked if (found := re.search(r"/(\w+)/segment_", url))]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


@pytest.mark.long("listens in real time")
def test_a_change_of_quality_is_not_heard(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    tone = capture.pure_tone(tmp_path / "tone.flac", TONE, seconds=90)
    track = publish(str(tone), extras=True, opens_lossless=True)
    asked = requests_of(page)
    capture.listen(page)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.get_by_role("button", name="Sound settings").click()
    choice, now = page.get_by_label("Quality"), page.locator("#sound-now")

    def change() -> float:
        capture.start(page)
        for name, words in WORDS.items():
            choice.select_option(name)
            expect(now).to_have_text(words)
            page.wait_for_timeout(300)
        return capture.longest_silence(capture.take(page).samples)

    assert capture.best(change, DROPOUT_MS) <= DROPOUT_MS
    assert {"opus", "flac", "aac", "opus64"} <= set(fetched(asked))
    assert page.evaluate(f"!{AUDIO}.paused")


def test_the_choice_is_remembered_and_lossless_only_offered_where_open(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(extras=True)
    asked = requests_of(page)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.get_by_role("button", name="Sound settings").click()
    choice = page.get_by_label("Quality")
    open_to_choose = ["Automatic", "AAC, 256 kbit/s", "Opus, 160 kbit/s", "Opus, 64 kbit/s"]
    expect(choice.locator("option:not([disabled])")).to_have_text(open_to_choose)
    choice.select_option("aac")
    expect(page.locator("#sound-now")).to_have_text("You hear AAC, 256 kbit/s.")
    page.keyboard.press("Escape")
    page.reload()
    asked.clear()
    page.get_by_role("main").get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert fetched(asked) == ["aac"]


@pytest.mark.long("listens in real time")
def test_too_many_requests_are_waited_out_unheard(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    tone = capture.pure_tone(tmp_path / "tone.flac", TONE, seconds=60)
    track = publish(str(tone))
    refused: list[float] = []
    passed: list[float] = []

    def hold_back(route: Any) -> None:
        at = time.monotonic()
        if len(refused) < 2:
            refused.append(at)
            return route.fulfill(status=429, headers={"Retry-After": "2"}, body="{}")
        passed.append(at)
        return route.continue_()

    page.goto(served.url + track.get_absolute_url())
    page.route("**/segment_002.m4s", hold_back)
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.evaluate(f"window.waits = 0, {AUDIO}.addEventListener('waiting', () => window.waits++)")
    until(page, f"{AUDIO}.currentTime > 13")
    assert len(refused) == 2
    assert refused[1] - refused[0] >= 1.9
    assert passed[0] - refused[1] >= 1.9
    assert page.evaluate("window.waits") == 0, "the music never stopped for it"
    expect(page.get_by_role("region", name="Player").locator("[data-part=note]")).to_be_empty()
