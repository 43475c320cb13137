"""A version with another introduction is compared at the same bar, by hand and without seeing."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.fixtures import Publish, process_here
from tests.browser.looks import violations
from tests.browser.page import PLAYER, until
from tests.factories.tracks import add_version
from tests.jobs import apart
from tests.measured.switching import HAS, POSITION
from tests.media_pipeline.edited import RATE, Cut, edit, melody
from tests.sites import Site
from tracks.models import Track
from tracks.versions import aligning

pytestmark = pytest.mark.django_db(transaction=True)

LATER = 4.0  # seconds by which the second version begins later


@pytest.fixture
def piece(publish: Publish, tmp_path: Path) -> Track:
    """A piece whose second version has four seconds of something else in front."""
    music = melody(1)
    whole = Cut(0, len(music) / RATE)
    original = edit(music, [whole], tmp_path / "v1.flac")
    later = edit(music, [Cut(0, LATER, of=melody(2)), whole], tmp_path / "v2.flac")
    track = publish(str(original.path), title="Dance", slug="dance")
    with ThreadPoolExecutor(1) as pool:
        asset = pool.submit(process_here, later.path, ["process"]).result()
    first = track.primary_version
    version = add_version(track, asset)
    Track.objects.filter(pk=track.pk).update(primary_version=first)
    track.versions.update(status="ready")
    apart(lambda: aligning.align(version_id=version.pk))
    return track


def listening(served: Site, page: Page, track: Track, seconds: float = 6) -> None:
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("main").get_by_role("button", name=f"Play {track.title}").click()
    page.evaluate(f"{PLAYER}.then((player) => player.seek({seconds}))")
    until(page, f"{POSITION}.then((at) => at > {seconds + 0.3})")


def jump(page: Page, number: int) -> float:
    """Choose a version by its key; return by how much later the player is than it was."""
    page.evaluate(f"{PLAYER}.then((player) => player.pause())")
    before = float(page.evaluate(POSITION))
    page.keyboard.press(str(number))
    until(page, HAS.replace("NUMBER", str(number)))
    return float(page.evaluate(POSITION)) - before


def test_a_switch_goes_to_the_same_bar_or_to_the_same_second(
    served: Site, page: Page, piece: Track
) -> None:
    listening(served, page, piece)
    same_bar = page.get_by_role("switch", name="Same bar")
    expect(same_bar).to_be_checked()
    assert jump(page, 2) == pytest.approx(LATER, abs=0.05)
    assert jump(page, 1) == pytest.approx(-LATER, abs=0.05), "and back"
    page.locator("fair-compare").get_by_text("Same bar").click()
    expect(same_bar).not_to_be_checked()
    assert jump(page, 2) == pytest.approx(0, abs=0.05)
    page.reload()
    expect(page.get_by_role("switch", name="Same bar")).not_to_be_checked()


def test_a_switch_while_it_plays_and_a_loop_stay_with_the_bars(
    served: Site, page: Page, piece: Track
) -> None:
    listening(served, page, piece)
    page.evaluate(f"{PLAYER}.then((player) => player.setLoop(5, 9))")
    page.keyboard.press("2")
    until(page, HAS.replace("NUMBER", "2"))
    until(page, f"{PLAYER}.then(({{ loop }}) => loop && loop.from > 8)")
    loop = page.evaluate(f"{PLAYER}.then((player) => player.loop)")
    assert loop["from"] == pytest.approx(5 + LATER, abs=0.05)
    assert loop["to"] == pytest.approx(9 + LATER, abs=0.05)
    until(page, f"{POSITION}.then((at) => at > 9.2 && at < 13.1)")
    page.keyboard.press("1")
    until(page, HAS.replace("NUMBER", "1"))
    until(page, f"{PLAYER}.then(({{ loop }}) => loop && loop.from < 6)")
    back = page.evaluate(f"{PLAYER}.then((player) => player.loop)")
    assert back["from"] == pytest.approx(5, abs=0.05)


def test_a_blind_test_tells_no_time_that_gives_x_away(
    served: Site, page: Page, piece: Track
) -> None:
    listening(served, page, piece)
    page.get_by_role("button", name="Blind test").click()
    sheet = page.get_by_role("dialog", name="Blind test")
    expect(sheet.get_by_label("Same bar")).to_be_checked()
    sheet.get_by_role("button", name="Begin").click()
    expect(sheet.get_by_role("button", name="X", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="Pause").click()
    at = float(page.evaluate(POSITION))
    shifts = "player.sound.mix.voice('SIDE').shift / 48000"
    for side in "axb":
        page.keyboard.press(side)
        expect(page.locator(f"[data-hear={side}]")).to_have_attribute("aria-pressed", "true")
        sheet.get_by_role("button", name="Pause").click()
        assert float(page.evaluate(POSITION)) == pytest.approx(at, abs=1.5), "told in the time of A"
        at = float(page.evaluate(POSITION))
    b = page.evaluate(f"{PLAYER}.then((player) => {shifts.replace('SIDE', 'b')})")
    x = page.evaluate(f"{PLAYER}.then((player) => {shifts.replace('SIDE', 'x')})")
    assert b == pytest.approx(LATER, abs=0.05)
    assert x == pytest.approx(0, abs=0.05) or x == pytest.approx(LATER, abs=0.05)


def test_the_comparison_offers_both_lines(served: Site, page: Page, piece: Track) -> None:
    page.goto(f"{served.url}/tracks/dance/comparison/?a=1&b=2")
    page.get_by_role("slider", name="Moment to read").focus()
    reading = page.locator("[data-part=reading]")
    expect(reading).to_contain_text("v1 is not there · v2 0:00")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text(re.compile(r"v1 0:0[56]"))
    expect(reading).to_contain_text("v2 0:10")
    assert violations(page) == []
    page.get_by_role("link", name="Same second").click()
    expect(page.get_by_role("link", name="Same bar")).to_be_visible()
    page.get_by_role("slider", name="Moment to read").focus()
    expect(reading).to_contain_text("0:00 · v1")


def test_what_is_still_loading_says_so(served: Site, page: Page, piece: Track) -> None:
    listening(served, page, piece)
    held: list[Route] = []
    page.route("**/opus/**", lambda route: held.append(route))
    page.keyboard.press("2")
    note = page.locator("fair-compare [data-part=note]")
    expect(note).to_have_text("v2 is loading …")
    expect(page.locator("version-bar [data-number='2']")).to_have_attribute("aria-busy", "true")
    release(page, held)
    until(page, HAS.replace("NUMBER", "2"))
    expect(note).not_to_contain_text("loading")
    page.route("**/opus/**", lambda route: held.append(route))
    page.get_by_role("button", name="Blind test").click()
    sheet = page.get_by_role("dialog", name="Blind test")
    sheet.get_by_role("button", name="Begin").click()
    expect(sheet.get_by_text("The sound of both is loading …")).to_be_visible()
    release(page, held)
    expect(sheet.get_by_role("button", name="X", exact=True)).to_be_visible()


def release(page: Page, held: list[Route]) -> None:
    """Let go on what was held back, and hold nothing any more."""
    while held:
        with suppress(Error):  # it was given up meanwhile
            held.pop().continue_()
    page.unroute("**/opus/**")
