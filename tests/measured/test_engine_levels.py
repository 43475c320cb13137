"""How loud and how fast: loudness normalisation, the curve of the volume, speed and pitch."""

import itertools
from pathlib import Path
from subprocess import run

import imageio_ffmpeg
import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.fixtures import Publish
from tests.browser.page import AUDIO, PLAYER, plays_on, until
from tests.measured import capture
from tests.measured.capture import RATE
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

TONE = 1000.0  # Hz
VOLUME = PLAYER.replace(".player", ".volume")


def open_sound_settings(page: Page) -> None:
    page.get_by_role("button", name="Sound settings").click()


def hear(page: Page, ms: int = 1000) -> capture.Samples:
    """Return the next second of sound, after whatever was changed has settled."""
    page.wait_for_timeout(400)
    capture.start(page)
    page.wait_for_timeout(ms)
    return capture.take(page).samples


def play(page: Page, track: Track, url: str) -> None:
    capture.listen(page)
    page.goto(url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)


def quiet_with_a_peak(path: Path) -> Path:
    """A tone at −40 dBFS whose last twentieth of a second is at −6."""
    level = r"if(lt(t\,11.95)\,0.01\,0.5)"
    source = f"aevalsrc={level}*sin({TONE}*2*PI*t):s={RATE}:d=12:c=mono"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source]
    run([*command, "-ac", "2", str(path)], check=True)
    return path


@pytest.mark.parametrize("kind", ["loud", "quiet"])
def test_loudness_is_brought_to_one_level_and_never_clips(
    served: Site, page: Page, publish: Publish, tmp_path: Path, kind: str
) -> None:
    if kind == "loud":
        track = publish(str(capture.pure_tone(tmp_path / "tone.flac", TONE, level=-3, seconds=12)))
    else:
        track = publish(str(quiet_with_a_peak(tmp_path / "tone.flac")))
    facts = track.primary_version.media.asset.facts
    wanted = -14 - facts.loudness_lufs
    gain = min(wanted, -1 - facts.true_peak_dbtp) if wanted > 0 else wanted
    assert abs(gain) > 2, "else nothing would be shown"
    play(page, track, served.url)
    before = capture.decibels(hear(page))
    open_sound_settings(page)
    page.get_by_label("Play everything equally loud").check()
    after = capture.decibels(hear(page))
    assert after - before == pytest.approx(gain, abs=0.3)
    if kind == "quiet":
        assert gain < wanted, "the peak is what stops it"
    page.get_by_label("Play everything equally loud").uncheck()
    assert capture.decibels(hear(page)) == pytest.approx(before, abs=0.3)


def test_half_of_the_volume_is_heard_as_half(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    track = publish(str(capture.pure_tone(tmp_path / "tone.flac", TONE, level=-3, seconds=20)))
    play(page, track, served.url)
    slider = page.get_by_role("region", name="Player").get_by_label("Volume")
    levels = []
    for position in ("1", "0.8", "0.6", "0.4"):
        slider.fill(position)
        levels.append(capture.decibels(hear(page, 500)))
    assert np.diff(levels) == pytest.approx([-10, -10, -10], abs=0.6), "even steps in decibels"
    slider.fill("0")
    assert capture.decibels(hear(page, 500)) < -90


def test_speed_keeps_the_pitch_unless_it_may_move(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    track = publish(str(capture.pure_tone(tmp_path / "tone.flac", TONE, seconds=20)))
    play(page, track, served.url)
    open_sound_settings(page)
    page.get_by_role("slider", name="Speed").fill("1.5")
    start = page.evaluate(f"{AUDIO}.currentTime")
    kept = capture.pitch(hear(page))
    assert page.evaluate(f"{AUDIO}.currentTime") - start > 1.4 * 1.3, "it is faster"
    assert kept == pytest.approx(TONE, rel=0.01)
    page.get_by_label("Keep the pitch at other speeds").uncheck()
    assert capture.pitch(hear(page)) == pytest.approx(1.5 * TONE, rel=0.01)
    page.reload()
    open_again = page.get_by_role("region", name="Player").get_by_role("button", name="Play")
    open_again.first.click()
    plays_on(page)
    assert page.evaluate(f"{AUDIO}.preservesPitch") is False, "remembered"


def test_silence_comes_slowly_when_asked_to_fade(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    track = publish(str(capture.pure_tone(tmp_path / "tone.flac", TONE, seconds=20)))
    play(page, track, served.url)
    capture.start(page)
    page.evaluate(f"{VOLUME}.then((volume) => volume.fade(0, 2))")
    page.wait_for_timeout(2300)
    heard = capture.take(page).samples
    fifths = [capture.decibels(part) for part in np.array_split(heard[: 2 * RATE], 5)]
    assert all(later < earlier for earlier, later in itertools.pairwise(fifths))
    assert capture.decibels(hear(page, 300)) < -90
    page.evaluate(f"{VOLUME}.then((volume) => volume.fade(1))")
    assert capture.decibels(hear(page)) == pytest.approx(-15, abs=1), "and is back for the next"


def test_without_an_audio_graph_there_is_still_sound(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish()
    page.add_init_script("delete window.AudioContext")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.get_by_role("region", name="Player").get_by_label("Volume").fill("0.6")
    assert page.evaluate(f"{AUDIO}.volume") == pytest.approx(0.1), "20 dB less"
    page.evaluate(f"{PLAYER}.then((player) => player.setLoop(5, 6))")
    page.evaluate(f"{PLAYER}.then((player) => player.seek(5.5))")
    until(page, f"{AUDIO}.currentTime > 5.8")
    until(page, f"{AUDIO}.currentTime < 5.5")
