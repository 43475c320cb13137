"""Stems in the page: uploaded, played together to the sample, soloed, muted, turned up and down."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from media_pipeline.models import Media
from tests.browser.fixtures import Publish, SignIn
from tests.browser.page import until
from tests.factories.stems import StemFactory
from tests.measured import capture
from tests.measured.capture import RATE, Samples
from tests.measured.switching import POSITION, rendered
from tests.sites import Site
from tracks.models import Stem, Track, TrackVersion

pytestmark = pytest.mark.django_db(transaction=True)

CLICK_S = 0.5  # the piece clicks twice a second; each stem has every other click
PITCHES = (1000, 3000)


def clicks(path: Path, hertz: int, first: float, every: float) -> Path:
    """Render clicks of 4 ms: the first at `first` seconds, then one `every` seconds."""
    wave = f"0.5*sin({hertz}*2*PI*t)*lt(mod(t-{first}+{every}\\,{every})\\,0.004)"
    return rendered(path, f"aevalsrc={wave}:s={RATE}:d=30")


@pytest.fixture
def stemmed(publish: Publish, tmp_path: Path) -> Track:
    """A piece that clicks, with its odd clicks in one stem and its even ones in the other."""
    whole = publish(str(clicks(tmp_path / "whole.wav", 2000, 0.25, CLICK_S)), title="Clicks")
    for number, (hertz, name) in enumerate(zip(PITCHES, ("Odd", "Even"), strict=True)):
        path = clicks(tmp_path / f"{name}.wav", hertz, 0.25 + number * CLICK_S, 2 * CLICK_S)
        part = publish(str(path), title=name)
        media = part.primary_version.media
        stem_media = Media.objects.create(asset=media.asset)
        StemFactory.create(
            version=whole.primary_version, media=stem_media, title=name, position=number + 1
        )
        TrackVersion.objects.filter(track=part).delete()
        Track.objects.filter(pk=part.pk).delete()
    return whole


def play_stems(page: Page, served: Site, track: Track) -> None:
    """Open the page, play the piece, and let its stems sound instead."""
    capture.listen(page)
    page.goto(served.url + track.get_absolute_url())
    expect(page.locator("stem-mixer [data-stem]")).to_have_count(2)
    page.get_by_role("main").get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{POSITION}.then((at) => at > 1)")
    page.get_by_label("Play the stems").check()
    expect(page.locator("stem-mixer[data-on]")).to_be_visible()


def heard_for(page: Page, seconds: float) -> Samples:
    page.wait_for_timeout(300)
    capture.start(page)
    page.wait_for_timeout(seconds * 1000)
    return capture.take(page).samples


def onsets(samples: Samples, hertz: int) -> list[int]:
    """Return the samples at which clicks of this pitch begin, to half a millisecond."""
    strong = capture.strength(samples, hertz, RATE // hertz * 2)
    loud = strong > strong.max() / 2
    begins = np.flatnonzero(loud & ~np.concatenate([[False], loud[:-1]]))
    return [int(one) * (RATE // hertz * 2) for one in begins]


def test_stems_sound_together_to_the_sample(served: Site, page: Page, stemmed: Track) -> None:
    play_stems(page, served, stemmed)
    samples = heard_for(page, 6)
    odd, even = (onsets(samples, hertz) for hertz in PITCHES)
    assert len(odd) > 4
    assert len(even) > 4
    for one in odd[1:-1]:
        nearest = min(even, key=lambda other: abs(other - one - CLICK_S * RATE))
        assert abs(nearest - one - CLICK_S * RATE) <= RATE * 0.003, "ms apart"


def test_solo_mute_and_level_do_what_they_say(served: Site, page: Page, stemmed: Track) -> None:
    play_stems(page, served, stemmed)

    def levels() -> tuple[float, float]:
        samples = heard_for(page, 2.5)
        low, high = (float(capture.strength(samples, hertz, 96).max()) for hertz in PITCHES)
        return low, high

    plain = levels()
    assert min(plain) > 0.1
    page.get_by_role("button", name="Solo Odd").click()
    low, high = levels()
    assert (low > plain[0] / 2, high < plain[1] / 4) == (True, True), (low, high, plain)
    page.get_by_role("button", name="Solo Odd").click()
    page.get_by_role("button", name="Mute Odd").click()
    low, high = levels()
    assert (low < plain[0] / 4, high > plain[1] / 2) == (True, True), (low, high, plain)
    page.get_by_role("button", name="Mute Odd").click()
    slider = page.get_by_role("slider", name="Level of Even")
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "−6 decibels")
    low, high = levels()
    assert 20 * np.log10(high / plain[1]) == pytest.approx(-6, abs=1)
    assert 20 * np.log10(low / plain[0]) == pytest.approx(0, abs=1)


def test_the_version_comes_back_at_the_same_moment(
    served: Site, page: Page, stemmed: Track
) -> None:
    play_stems(page, served, stemmed)
    capture.start(page)
    page.wait_for_timeout(1500)
    page.get_by_label("Play the stems").uncheck()
    expect(page.locator("stem-mixer[data-on]")).to_have_count(0)
    page.wait_for_timeout(2500)
    samples = capture.take(page).samples
    begins = sorted([*onsets(samples, PITCHES[0]), *onsets(samples, PITCHES[1])])
    back = onsets(samples, 2000)
    assert len(back) >= 2, "the piece itself is heard again"
    late = (back[-1] - begins[0]) / RATE % CLICK_S
    assert min(late, CLICK_S - late) < 0.03, "and in time"


def test_an_owner_brings_stems_and_their_roles_are_guessed(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, tmp_path: Path,
    complaints: list[str],
) -> None:  # fmt: skip
    track = publish(title="Song")
    served.work("fast")
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("link", name="Add stems").click()
    files = [clicks(tmp_path / name, 500, 0.1, 1) for name in ("01_Lead Vox.wav", "kick-in.wav")]
    page.locator("stem-upload input[type=file]").set_input_files([str(one) for one in files])
    expect(page.locator(".row-stem")).to_have_count(2)
    stems = list(Stem.objects.order_by("position"))
    assert {(stem.title, stem.role) for stem in stems} == {
        ("Lead Vox", "vocal"),
        ("Kick in", "drum"),
    }
    first = page.locator(".row-stem").first
    first.get_by_label("Title").fill("Voice")
    first.get_by_role("button", name="Save").click()
    expect(page.locator(".row-stem").first.get_by_label("Title")).to_have_value("Voice")
    page.goto(served.url + track.get_absolute_url())
    switch = page.get_by_label("Play the stems")
    expect(switch).to_be_enabled(timeout=60_000)
    switch.check()
    expect(page.locator("stem-mixer[data-on]")).to_be_visible()


def test_the_list_says_by_itself_when_a_stem_is_ready(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, tmp_path: Path,
    complaints: list[str],
) -> None:  # fmt: skip
    track = publish(title="Song")
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("link", name="Add stems").click()
    page.locator("stem-upload input[type=file]").set_input_files(
        str(clicks(tmp_path / "vox.wav", 500, 0.1, 1))
    )
    row = page.locator(".row-stem")
    expect(row).to_contain_text("Being prepared")
    row.get_by_label("Title").fill("Half a wo")
    served.work("fast")
    expect(row).not_to_contain_text("Being prepared", timeout=60_000)
    expect(row.locator("[data-state]")).to_have_text(re.compile(r"\d:\d\d"))
    expect(row.get_by_label("Title")).to_have_value("Half a wo")
