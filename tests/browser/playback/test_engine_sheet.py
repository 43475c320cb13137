"""The sheet in which a listener says how it should sound: by keyboard, on a phone, by anybody."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.browser.page import AUDIO, PLAYER, plays_on
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_is_reached_by_keyboard_and_kept(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish("music/01-hungarian-dance-5.flac").get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    door = page.get_by_role("button", name="Sound settings")
    door.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Sound")
    expect(sheet.get_by_label("Quality")).to_be_focused()
    speed = sheet.get_by_role("slider", name="Speed")
    speed.focus()
    expect(speed).to_be_focused()
    speed.press("ArrowRight")
    expect(speed).to_have_attribute("aria-valuetext", "1.05 times")
    assert page.evaluate(f"{AUDIO}.playbackRate") == pytest.approx(1.05)
    crossfade = sheet.get_by_label("Crossfade")
    crossfade.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(crossfade).to_have_attribute("aria-valuetext", "3 seconds")
    even = sheet.get_by_label("Play everything equally loud")
    even.focus()
    page.keyboard.press("Space")
    expect(even).to_be_checked()
    expect(sheet.locator("#sound-even")).to_contain_text("plays 1.1 dB louder than it was made")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(door).to_be_focused()
    page.reload()
    door.click()
    expect(crossfade).to_have_value("3")
    expect(even).to_be_checked()


@pytest.mark.parametrize("widths", [(320, 360), (768, 1440)])
def test_the_sheet_is_there_for_everybody(
    served: Site, chromium_browser: Browser, publish: Publish, widths: tuple[int, int]
) -> None:
    view: Any = {"width": widths[0], "height": 800}
    context = chromium_browser.new_context(bypass_csp=True, viewport=view)
    page = context.new_page()
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    if not page.get_by_role("button", name="Sound settings").is_visible():
        page.get_by_role("button", name="Queue and full player").click()
    page.get_by_role("button", name="Sound settings").click()
    sheet = page.get_by_role("dialog", name="Sound", exact=True)
    for width in widths:
        assert flaws(page, widths=[width]) == []
        box = sheet.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    context.close()


def test_a_value_that_means_nothing_changes_nothing(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.add_init_script(
        """localStorage.setItem('nexus.sound',
        '{"quality": "gold", "crossfade": -3, "normalises": "yes", "other": 1}')"""
    )
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    page.get_by_role("button", name="Sound settings").click()
    sheet = page.get_by_role("dialog", name="Sound", exact=True)
    expect(sheet.get_by_label("Quality")).to_have_value("auto")
    expect(sheet.get_by_label("Crossfade")).to_have_value("0")
    page.evaluate(f"{PLAYER}.then((player) => player.setRate(9))")
    assert page.evaluate(f"{AUDIO}.playbackRate") == 2
