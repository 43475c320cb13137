"""Lyrics beside the player, and with it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.page import plays_on, until
from tests.sites import Site
from tracks.lyrics.services import write
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

LRC = "[ar:Nobody]\n[00:00.00]First\n[00:02.00]Second\n[00:04.00]\n" + "".join(
    f"[00:{second:02}.00]Line {second}\n" for second in range(6, 50)
)
CURRENT = "lyrics-lines [aria-current]"


@pytest.fixture
def sung(publish: Publish) -> Track:
    track = publish(title="Sea", slug="sea")
    write(track=track, text=LRC)
    return track


def test_the_line_that_is_sung_is_marked_and_a_press_goes_there(
    served: Site, page: Page, sung: Track, complaints: list[str]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served.url}/tracks/sea/")
    expect(page.locator(CURRENT)).to_have_count(0)
    page.get_by_role("button", name="Play Sea").click()
    plays_on(page)
    expect(page.locator(CURRENT)).to_have_text("Second")
    line = page.get_by_role("link", name="Line 30")
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator(CURRENT)).to_contain_text("Line 3")
    until(page, "Number(document.getElementById('player-seek').value) >= 30")
    until(page, f"document.querySelector('{CURRENT}').offsetTop > 0")
    box, shown = page.locator("lyrics-lines ol").bounding_box(), line.bounding_box()
    assert box["y"] <= shown["y"] <= box["y"] + box["height"]


def test_words_without_times_in_any_direction(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Sea", slug="sea")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/sea/")
    page.get_by_role("link", name="Add lyrics").click()
    page.locator("#id_lyrics").fill("[00:99.00]x")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Line 1: [00:99.00] is no time.")).to_be_visible()
    page.locator("#id_lyrics").fill("שלום עולם\n\nHello")
    page.get_by_role("button", name="Save").click()
    shown = page.locator(".lyrics__lines p")
    expect(shown).to_have_text(["שלום עולם", "", "Hello"])
    assert shown.first.evaluate("line => getComputedStyle(line).direction") == "rtl"
    assert shown.last.evaluate("line => getComputedStyle(line).direction") == "ltr"


def test_nothing_is_to_be_said_against_them(served: Site, page: Page, sung: Track) -> None:
    assert flaws(page, f"{served.url}/tracks/sea/", widths=(360, 1440)) == []
