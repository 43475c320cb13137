"""Versions against each other: without a gap, on one clock, equally loud."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.switching import HALF_SECOND, gaps_of, offsets_of
from tests.browser.fixtures import Publish
from tests.browser.page import PLAYER, until
from tests.measured import capture
from tests.measured.capture import RATE
from tests.measured.switching import (
    HAS,
    POSITION,
    choose,
    filtered,
    loudness,
    place,
    samples_of,
    versions_of,
)
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

LOW, HIGH = 500.0, 1500.0


@pytest.fixture
def music_versions(publish: Publish, music: Callable[[str], Path], tmp_path: Path) -> Track:
    """A piece; its second version is upside down and 5 dB quieter."""
    source = music("music/02-sugar-plum-fairy.ogg")
    first = filtered(source, tmp_path / "first.wav", "anull")
    second = filtered(source, tmp_path / "second.wav", "volume=-5dB,aeval=-val(0)|-val(1)")
    return versions_of(publish(str(first), title="Sugar"), publish(str(second), title="B"))


def play(page: Page, title: str, seconds: float = 1) -> None:
    page.get_by_role("main").get_by_role("button", name=f"Play {title}").click()
    until(page, f"{POSITION}.then((at) => at > {seconds})")


@pytest.mark.long("listens in real time")
def test_a_switch_leaves_no_gap(served: Site, page: Page, publish: Publish, tmp_path: Path) -> None:
    low = capture.pure_tone(tmp_path / "low.wav", LOW, seconds=30)
    high = capture.pure_tone(tmp_path / "high.wav", HIGH, seconds=30)
    track = versions_of(publish(str(low), title="Tone"), publish(str(high), title="B"))
    capture.listen(page)
    page.goto(served.url + track.get_absolute_url())
    play(page, "Tone")
    gaps = gaps_of(page, LOW, HIGH, switches=6)
    assert max(gaps) <= 20, gaps


@pytest.mark.long("listens in real time")
def test_versions_do_not_drift_apart(
    served: Site, page: Page, music_versions: Track, tmp_path: Path
) -> None:
    capture.listen(page)
    page.goto(served.url + music_versions.get_absolute_url())
    play(page, "Sugar")
    offsets = offsets_of(page, samples_of(tmp_path / "first.wav"), switches=4)
    assert max(offsets) - min(offsets) <= 5, f"ms: {offsets}"


def test_the_first_switch_keeps_the_moment_too(
    served: Site, page: Page, music_versions: Track, tmp_path: Path
) -> None:
    music = samples_of(tmp_path / "first.wav")
    capture.listen(page)
    page.goto(served.url + music_versions.get_absolute_url())
    play(page, "Sugar", 4)
    capture.start(page)
    page.wait_for_timeout(1500)
    choose(page, 2)
    page.wait_for_timeout(2000)
    heard = capture.take(page).samples
    ends = (RATE // 4, len(heard) - RATE)
    before, after = (place(heard[at : at + HALF_SECOND], music) for at in ends)
    assert before is not None
    assert after is not None
    assert (before[1] > 0, after[1] > 0) == (True, False)
    apart = (after[0] - before[0] - (ends[1] - ends[0])) / RATE * 1000
    assert abs(apart) <= 20, f"{apart:.1f} ms"


@pytest.mark.long("listens in real time")
def test_versions_are_equally_loud_unless_told_otherwise(
    served: Site, page: Page, music_versions: Track, tmp_path: Path
) -> None:
    capture.listen(page)
    page.goto(served.url + music_versions.get_absolute_url())
    play(page, "Sugar")
    choose(page, 2)
    page.evaluate(f"{PLAYER}.then((player) => player.setLoop(10, 16))")
    page.evaluate(f"{PLAYER}.then((player) => player.seek(10))")

    def heard() -> float:
        """Return the loudness of one whole turn of the passage."""
        page.wait_for_timeout(1000)
        capture.start(page)
        page.wait_for_timeout(6500)
        return loudness(capture.take(page).samples[: 6 * RATE], tmp_path)

    second = heard()
    choose(page, 1)
    assert page.evaluate(f"{PLAYER}.then((player) => player.loop.to)") == 16, "the loop stays"
    assert heard() == pytest.approx(second, abs=0.2)
    page.get_by_label("Same loudness").uncheck()
    assert heard() == pytest.approx(second + 5, abs=0.3)


def test_keys_choose_and_the_choice_is_said(
    served: Site, page: Page, music_versions: Track, complaints: list[str]
) -> None:
    page.goto(served.url + music_versions.get_absolute_url())
    play(page, "Sugar")
    page.keyboard.press("2")
    until(page, HAS.replace("NUMBER", "2"))
    expect(page.locator("fair-compare").get_by_role("status")).to_have_text("Version 2 plays.")
    expect(page).to_have_url(f"{served.url}{music_versions.get_absolute_url()}?v=2")
    page.keyboard.press("k")
    page.keyboard.press("1")
    until(page, HAS.replace("NUMBER", "1"))
    assert not page.evaluate(f"{PLAYER}.then((player) => player.wanted)"), "paused it stays"
    page.keyboard.press("k")
    at = page.evaluate(POSITION)
    until(page, f"{POSITION}.then((now) => now > {at} + 1)")
