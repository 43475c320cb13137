"""The player's keys, and what they must not take from others."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.playback.test_player import AUDIO, plays_on, position, until
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_key_does_its_deed(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    page.locator("main").focus()
    for key, paused in [("k", True), ("Space", False), ("Space", True)]:
        page.keyboard.press(key)
        until(page, f"{AUDIO}.paused === {str(paused).lower()}")
    start = position(page)
    for key, step in [("l", 10), ("ArrowRight", 5), ("j", -10), ("ArrowLeft", -5)]:
        page.keyboard.press(key)
        start += step
        until(page, f"Math.abs({AUDIO}.currentTime - {start}) < 0.5")
    page.keyboard.press("m")
    assert page.evaluate(f"{AUDIO}.muted")
    page.keyboard.press("]")
    assert page.evaluate(f"{AUDIO}.playbackRate") == 1.25
    page.keyboard.press("[")
    assert page.evaluate(f"{AUDIO}.playbackRate") == 1
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_waveform_is_a_slider(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    slider = page.get_by_role("main").get_by_role("slider")
    slider.focus()
    page.keyboard.press("PageUp")
    plays_on(page)
    expect(slider).to_have_attribute("aria-valuetext", "31 seconds of 35 seconds")
    page.keyboard.press("Home")
    until(page, f"{AUDIO}.currentTime < 2")


def test_letters_stay_with_whoever_writes(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish()
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.get_by_role("button", name=f"More for {track.title}").click()
    page.get_by_role("link", name="Title, words, visibility").click()
    title = page.get_by_label("Title", exact=True)
    title.fill("")
    title.press_sequentially("milk jam [k]")
    expect(title).to_have_value("milk jam [k]")
    assert page.evaluate(f"[{AUDIO}.muted, {AUDIO}.paused, {AUDIO}.playbackRate]") == [
        False,
        False,
        1,
    ]


def test_space_on_a_button_presses_the_button_only(
    served: Site, page: Page, publish: Publish
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    page.get_by_role("button", name="Use dark colours").focus()
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(f"!{AUDIO}.paused")


def test_a_page_at_twice_its_size_keeps_speed_and_silence_in_reach(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    tools = page.locator("audio-player")
    tools.get_by_role("button", name="Mute").click()
    assert page.evaluate(f"{AUDIO}.muted")
    expect(tools.get_by_role("button", name="Speed")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
