"""What is said is found, and plays from its second."""

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.passages import JFK, read_all, say
from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.browser.page import AUDIO, position, until
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_phrase_lands_on_its_second(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Inaugural")
    say(track, JFK)
    read_all()
    page.goto(f"{served.url}/search/")
    page.locator("#search-again").fill("what your country can do")
    page.keyboard.press("Enter")
    heard = page.get_by_role("region", name="In words and recordings")
    expect(heard.locator("mark").first).to_have_text("country")
    expect(page.get_by_text("Nothing with")).to_be_hidden()
    heard.get_by_role("link", name="Play from 0:04").click()
    expect(page).to_have_url(f"{served.url}{track.get_absolute_url()}#t=4.5")
    page.get_by_role("button", name="Play Inaugural").click()
    until(page, f"!{AUDIO}.paused && {AUDIO}.currentTime >= 4.4")
    assert position(page) < 9, "it begins there, and not before"


def test_a_sentence_is_chips_that_are_dropped(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    publish(title="Elegy", bpm=72, music_key="Am")
    publish(title="Adagio", bpm=66, music_key="C")
    read_all()
    page.goto(f"{served.url}/search/?q=slow+songs+in+A+minor")
    chips = page.get_by_role("list", name="Conditions").get_by_role("link")
    expect(chips).to_have_count(2)
    expect(page.locator(".card__title")).to_have_text(["Elegy"])
    page.get_by_role("link", name="Drop Key").click()
    expect(page.locator(".card__title")).to_have_count(2)
    page.go_back()
    page.get_by_role("link", name="look for the words themselves").click()
    expect(page.locator("#search-again")).to_have_value("slow songs in A minor")


def test_passages_look_well(served: Site, page: Page, publish: Publish) -> None:
    track = publish(title="Inaugural")
    say(track, JFK)
    read_all()
    assert not flaws(page, f"{served.url}/search/?q=what+your+country+can+do")
    assert not flaws(page, f"{served.url}/search/passages/?q=country", widths=[320])
    assert not flaws(page, f"{served.url}/search/passages/?q=xyzzy", widths=[320])
