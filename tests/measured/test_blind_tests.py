"""The blind test in the page: hear A, B and X, say which, and be counted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.page import PLAYER, until
from tests.measured import capture
from tests.measured.switching import POSITION, filtered, versions_of
from tests.sites import Site
from tracks.blind_tests.services import p_value
from tracks.models import BlindTest, Track

pytestmark = pytest.mark.django_db(transaction=True)

LOW, HIGH = 500.0, 1500.0


@pytest.fixture
def tones(publish: Publish, tmp_path: Path) -> Track:
    """Two versions that nobody can mistake: a low tone, and a high one 6 dB louder."""
    low = capture.pure_tone(tmp_path / "low.wav", LOW, seconds=30, level=-18)
    high = capture.pure_tone(tmp_path / "high.wav", HIGH, seconds=30)
    return versions_of(publish(str(low), title="Tone"), publish(str(high), title="B"))


def begin(page: Page, served: Site, track: Track, *, live: bool = False) -> None:
    """Open the page, play, and begin a test of v1 and v2."""
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("main").get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{POSITION}.then((at) => at > 0.5)")
    page.get_by_role("button", name="Blind test").click()
    sheet = page.get_by_role("dialog", name="Blind test")
    if live:
        sheet.get_by_label("Show the score as I go").check()
    sheet.get_by_role("button", name="Begin").click()
    expect(sheet.get_by_role("button", name="X", exact=True)).to_be_visible()


def tone_of(page: Page, key: str) -> tuple[float, float]:
    """Press A, B or X, and return the pitch heard (Hz) and its level (dB)."""
    page.keyboard.press(key)
    expect(page.locator(f"[data-hear={key}]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(700)
    capture.start(page)
    page.wait_for_timeout(400)
    samples = capture.take(page).samples
    return capture.pitch(samples), capture.decibels(samples)


def test_who_listens_names_x_and_it_is_kept(
    served: Site, page: Page, tones: Track, sign_in: SignIn
) -> None:
    capture.listen(page)
    begin(page, served, tones, live=True)
    a, b = tone_of(page, "a"), tone_of(page, "b")
    assert (round(a[0]), round(b[0])) == (LOW, HIGH)
    for trial in range(4):
        x, level = tone_of(page, "x")
        side = "A" if abs(x - LOW) < 5 else "B"
        assert level == pytest.approx((a if side == "A" else b)[1], abs=0.2), "as loud as itself"
        page.get_by_role("button", name=f"X is {side}").click()
        expect(page.locator("[data-part=score]")).to_have_text(f"{trial + 1} of {trial + 1} right")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("[data-part=result]")).to_have_text("4 of 4 right")
    expect(page.locator("[data-part=chance]")).to_contain_text("in 6.3 % of such tests")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    until(page, "true")
    row = BlindTest.objects.get()
    assert (row.trials, row.correct, row.listener_name) == (4, 4, "Ada")
    assert row.p_value == p_value(4, 4)
    sign_in(tones.owner)
    page.goto(f"{served.url}/tracks/{tones.slug}/blind-tests/")
    expect(page.get_by_role("row", name="Ada")).to_contain_text("4 of 4")


def test_the_page_does_not_hold_what_x_is(
    served: Site, page: Page, publish: Publish, music: Callable[[str], Path], tmp_path: Path
) -> None:
    source = music("music/02-sugar-plum-fairy.ogg")
    first = filtered(source, tmp_path / "first.wav", "anull", seconds=20)
    second = filtered(source, tmp_path / "second.wav", "volume=-3dB", seconds=20)
    track = versions_of(publish(str(first), title="Sugar"), publish(str(second), title="B"))
    answers: list[str] = []
    page.on(
        "response",
        lambda answer: "/blind-tests/" in answer.url and answers.append(answer.text()),
    )
    begin(page, served, track)
    page.wait_for_timeout(500)
    assert len(answers) == 1
    for version in track.versions.select_related("media"):
        for betrayal in (version.pk, version.media_id, version.media.asset_id):
            assert str(betrayal) not in answers[0]
    hidden = page.evaluate("document.querySelector('blind-test').outerHTML.toLowerCase()")
    assert "blind/" not in hidden
    page.get_by_role("button", name="X is A").click()
    expect(page.locator("[data-part=count]")).to_contain_text("Answer 2")
    expect(page.locator("[data-part=score]")).to_be_empty()
    assert BlindTest.objects.get().trials == 1, "an answer counts although nobody finished"


def test_a_passage_is_repeated_and_all_is_as_before_afterwards(
    served: Site, page: Page, tones: Track
) -> None:
    begin(page, served, tones)
    page.get_by_label("Repeat eight seconds from here").check()
    span = page.evaluate(f"{PLAYER}.then((player) => player.loop.to - player.loop.from)")
    assert span == pytest.approx(8, abs=0.1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    until(page, f"{PLAYER}.then((player) => player.sound.kind === 'hls' && !player.loop)")
    assert page.evaluate("document.activeElement.textContent").strip() == "Blind test"
