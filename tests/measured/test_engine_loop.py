"""A passage again and again: tight, and without a hole at the seam."""

from pathlib import Path
from subprocess import run

import imageio_ffmpeg
import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.fixtures import Publish
from tests.browser.page import AUDIO, PLAYER, until
from tests.measured import capture
from tests.measured.capture import RATE
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

FROM, TO = 3.0, 4.0
INSIDE, OUTSIDE, MARK = 500.0, 1500.0, 2500.0  # Hz
WINDOW = 96  # samples: 2 ms
LATE_MS = 30


def passage(path: Path) -> Path:
    """Twelve seconds of a high tone, a low one from 3 to 4, and in it a mark from 3.5 to 3.52."""
    tones = "+".join(
        f"{strength}*sin({hertz}*2*PI*t)*({when})"
        for hertz, strength, when in [
            (INSIDE, 0.25, f"between(t\\,{FROM}\\,{TO})"),
            (OUTSIDE, 0.25, f"1-between(t\\,{FROM}\\,{TO})"),
            (MARK, 0.25, "between(t\\,3.5\\,3.52)"),
        ]
    )
    source = f"aevalsrc={tones}:s={RATE}:d=12:c=mono"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    run([*command, "-ac", "2", str(path)], check=True)
    return path


def worst_seam(page: Page) -> float:
    """Listen to some turns; return the ms by which the worst of them was late, early or silent."""
    capture.start(page)
    page.wait_for_timeout(4500)
    samples = capture.take(page).samples
    marks = np.flatnonzero(capture.strength(samples, MARK, WINDOW) > 0.1) * WINDOW / RATE
    lengths = np.diff(marks[np.flatnonzero(np.diff(marks, prepend=-1) > 0.2)]) * 1000
    assert len(lengths) >= 3
    outside = np.flatnonzero(capture.strength(samples, OUTSIDE, WINDOW) > 0.1)
    runs = np.split(outside, np.flatnonzero(np.diff(outside) > 1) + 1)
    beyond = max(len(run) for run in runs) * WINDOW / RATE * 1000
    off = float(np.abs(lengths - (TO - FROM) * 1000).max())
    return max(off, beyond, capture.longest_silence(samples))


def test_a_loop_turns_in_time(served: Site, page: Page, publish: Publish, tmp_path: Path) -> None:
    track = publish(str(passage(tmp_path / "passage.flac")))
    capture.listen(page)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    page.evaluate(f"{PLAYER}.then((player) => player.setLoop({FROM}, {TO}))")
    page.evaluate(f"{PLAYER}.then((player) => player.seek(3.2))")
    until(page, f"{AUDIO}.currentTime > 3.3")
    assert capture.best(lambda: worst_seam(page), LATE_MS) <= LATE_MS

    page.evaluate(f"{PLAYER}.then((player) => player.clearLoop())")
    until(page, f"{AUDIO}.currentTime > 4.5", seconds=10)
