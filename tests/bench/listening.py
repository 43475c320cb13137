"""What a listener hears between two pieces of a queue: the gap in ms, from captured sound."""

import json
import statistics
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from playwright.sync_api import Page, sync_playwright

from config.setup import chromium
from tests.bench.processing import upload
from tests.browser.page import AUDIO, PLAYER, until
from tests.measured import capture
from tests.measured.capture import RATE, Samples
from tests.sites import wait_until

TURNS = 6
TONES = (500.0, 1500.0)  # Hz
LEVEL_DB = -12
WINDOW = 96  # samples: 2 ms, in which both tones go round whole times
TIMEOUT_SECONDS = 60
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]

# The two pieces follow each other for ever; each turn is heard near the end only.
QUEUE = (
    PLAYER
    + """.then((player) => {
  const pieces = PIECES;
  window.turns = 0;
  player.upNext = () => pieces.find((piece) => !player.is(piece.version_id));
  player.addEventListener('advanced', () => (window.turns += 1));
})"""
)
NEAR_THE_END = PLAYER + ".then((player) => player.seek(player.duration - 3))"


def measure(*, base: str, token: str, folder: Path) -> dict[str, Any]:
    """Upload two tones to a running site, play them in turn, and tell the gaps between them.

    Milliseconds; a gap below zero means that the two overlap.
    """
    pieces = []
    for name, hertz in zip(("low", "high"), TONES, strict=True):
        source = capture.pure_tone(folder / f"{name}.flac", hertz, level=LEVEL_DB)
        pieces.append(ready(upload(source, base=base, token=token), base=base))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        gaps = turns(browser.new_page(), base, pieces)
        browser.close()
    return {
        "gaps_ms": [round(gap, 1) for gap in gaps],
        "median_ms": round(statistics.median(gaps), 1),
        "worst_ms": round(max(gaps, key=abs), 1),
    }


def turns(page: Page, base: str, pieces: list[dict[str, Any]], count: int = TURNS) -> list[float]:
    """Play two pieces in turn in this page and return `count` gaps in ms."""
    capture.listen(page)
    page.goto(base + pieces[0]["url"])
    page.evaluate(QUEUE.replace("PIECES", json.dumps(pieces)))
    page.locator("play-button button").first.click()
    until(page, f"{AUDIO}.currentTime > 0.5")
    gaps = []
    for turn in range(count):
        page.evaluate(NEAR_THE_END)
        page.wait_for_timeout(500)
        capture.start(page)
        until(page, f"window.turns > {turn} && {AUDIO}.currentTime > 1")
        gaps.append(gap(capture.take(page).samples, *(TONES if turn % 2 == 0 else TONES[::-1])))
    return gaps


def gap(samples: Samples, before: float, after: float) -> float:
    """Return the ms between the last of one tone and the first of another; below 0: both sound."""
    audible = 10 ** (LEVEL_DB / 20) / 4
    ends = np.flatnonzero(capture.strength(samples, before, WINDOW) > audible)[-1] + 1
    begins = np.flatnonzero(capture.strength(samples, after, WINDOW) > audible)[0]
    found = float((begins - ends) * WINDOW / RATE * 1000)
    silence = capture.longest_silence(samples)  # also behind the seam
    return max(found, silence) if silence > 1 else found


def ready(answer: dict[str, Any], *, base: str) -> dict[str, Any]:
    """Wait until what `complete` answered with is whole; return what a queue knows of it."""
    address = f"{base}/api/v1/versions/{answer['version']['id']}/"
    wait_until(lambda: is_ready(address), TIMEOUT_SECONDS)
    facts = httpx.get(address).raise_for_status().json()
    known = {name: facts[name] for name in ("duration_ms", "hls_url", "expires_at", "status")}
    title, url = facts["track"]["title"], facts["track"]["url"]
    return known | {"version_id": facts["id"], "title": title, "artist": "", "url": url}


def is_ready(address: str) -> bool:
    """Tell whether the version at this address of the API is whole."""
    answer = httpx.get(address)
    return answer.status_code == 200 and answer.json()["status"] == "ready"
