"""The queue goes on by itself with what sounds alike, says why, and can be told not to."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.queue.test_queue import more, opened, plays, shows, to
from tests.sites import Site
from tests.tracks.alike.sounds import at, describe
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def four(publish: Publish) -> list[Track]:
    """Four pieces that sound the farther from A the later their letter."""
    first = publish(title="A")
    tracks = [first, *(publish(title=title, owner=first.owner) for title in "BCD")]
    for place, track in enumerate(tracks):
        describe(track, at(5 * place))
    return tracks


def switch(sheet: Locator) -> Locator:
    return sheet.get_by_role("switch", name="Similar music follows at the end")


def test_similar_pieces_follow_the_last_one_and_each_says_why(
    served: Site, page: Page, four: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play A", exact=True).click()
    plays(page, "A")
    sheet = opened(page)
    shows(page, "A", "B", "C", "D")
    reasons = sheet.locator(".queue__reason")
    expect(reasons).to_have_text(["", *["Almost the same sound"] * 3])
    assert flaws(page, widths=[320, 1440]) == []
    page.keyboard.press("Escape")
    to(page, 32)
    plays(page, "B")
    assert complaints == []


def test_the_switch_takes_them_out_and_is_remembered(
    served: Site, page: Page, four: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play A", exact=True).click()
    plays(page, "A")
    sheet = opened(page)
    shows(page, "A", "B", "C", "D")
    expect(switch(sheet)).to_be_checked()
    switch(sheet).focus()
    page.keyboard.press("Space")
    shows(page, "A")
    page.reload()
    page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    plays(page, "A")
    expect(switch(opened(page))).not_to_be_checked()
    shows(page, "A")
    switch(sheet).check()
    shows(page, "A", "B", "C", "D")
    assert complaints == []


def test_what_a_listener_adds_comes_before_them(
    served: Site, page: Page, four: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play A", exact=True).click()
    plays(page, "A")
    opened(page)
    shows(page, "A", "B", "C", "D")
    page.keyboard.press("Escape")
    more(page, "D", "Play last")
    opened(page)
    shows(page, "A", "D", "B", "C", "D")
    assert complaints == []


def test_another_device_shows_the_reasons_too(
    served: Site,
    page: Page,
    four: list[Track],
    sign_in: SignIn,
    complaints: list[str],
) -> None:
    sign_in(four[0].owner)
    page.goto(served.url)
    page.get_by_role("button", name="Play A", exact=True).click()
    plays(page, "A")
    opened(page)
    shows(page, "A", "B", "C", "D")
    other = page.context.new_page()
    other.goto(served.url)
    other.get_by_role("button", name="Queue and full player").click()
    expect(other.locator(".queue__reason").last).to_have_text("Almost the same sound")
    other.close()
    assert complaints == []
