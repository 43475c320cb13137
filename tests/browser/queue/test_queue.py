"""The queue: what plays next, in which order, over page changes and reloads."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, until
from tests.indexing import index
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "document.querySelector('audio-player [data-part=title]').textContent"


@pytest.fixture
def three(publish: Publish) -> list[Track]:
    """Three public pieces of one artist, of which C is the newest."""
    first = publish(title="A")
    return [first, *(publish(title=title, owner=first.owner) for title in "BC")]


def plays(page: Page, title: str) -> None:
    """Wait until this piece is the one that sounds."""
    until(page, f"{TITLE} === {title!r}")
    plays_on(page)


def opened(page: Page) -> Locator:
    """Open the full player, if it is not open; return its dialog."""
    sheet = page.get_by_role("dialog", name="Now playing")
    if not sheet.is_visible():
        page.get_by_role("button", name="Queue and full player").click()
    expect(sheet).to_be_visible()
    return sheet


def shows(page: Page, *titles: str) -> None:
    """Wait until the queue shows these titles in this order."""
    expect(page.locator(".queue__title")).to_have_text(list(titles))


def to(page: Page, seconds: float) -> None:
    """Jump to a moment of what plays, by the slider of the bar."""
    page.locator("#player-seek").fill(str(seconds))
    shown = "Number(document.querySelector('#player-seek').value)"
    until(page, f"Math.abs({shown} - {seconds}) < 2")


def more(page: Page, title: str, action: str) -> None:
    """Use the menu of a piece."""
    page.get_by_role("button", name=f"More for {title}", exact=True).first.click()
    page.get_by_role("button", name=action).and_(page.locator(":visible")).click()


def test_a_list_plays_through_and_one_may_go_back(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")
    bar = page.get_by_role("region", name="Player")
    bar.get_by_role("button", name="Next", exact=True).click()
    plays(page, "B")
    bar.get_by_role("button", name="Next", exact=True).click()
    plays(page, "A")
    expect(bar.get_by_role("button", name="Next", exact=True)).to_be_disabled()
    to(page, 1)
    bar.get_by_role("button", name="Previous", exact=True).click()
    plays(page, "B")


def test_a_piece_goes_on_into_the_next_by_itself(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url + f"/@{three[0].owner.handle}/")
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")
    to(page, 32)
    plays(page, "B")
    expect(opened(page).locator("[aria-current] .queue__title")).to_have_text("B")


def test_play_next_and_play_last_from_the_menu_of_a_piece(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play A", exact=True).click()
    plays(page, "A")
    more(page, "B", "Play last")
    expect(page.locator("#said")).to_have_text("“B” plays at the end.")
    more(page, "C", "Play next")
    opened(page)
    shows(page, "A", "C", "B")


def test_the_queue_survives_page_changes_and_a_reload(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")
    page.get_by_role("heading", name="B", exact=True).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("B")
    plays_on(page)
    page.reload()
    sheet = opened(page)
    shows(page, "C", "B", "A")
    expect(sheet.locator("[aria-current] .queue__title")).to_have_text("C")
    sheet.get_by_role("button", name="Next", exact=True).click()
    plays(page, "B")


def test_a_list_is_added_and_what_plays_may_be_taken_out(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    index()
    page.goto(served.url + "/search/?q=" + three[0].owner.handle)
    page.get_by_role("button", name="Add to queue").click()
    expect(page.locator("#said")).to_have_text("3 pieces were added.")
    bar = page.get_by_role("region", name="Player")
    expect(bar.get_by_role("button", name="Play", exact=True)).to_be_visible()
    bar.get_by_role("button", name="Play", exact=True).click()
    plays(page, "C")
    sheet = opened(page)
    sheet.get_by_role("button", name="Take C out of the queue").click()
    plays(page, "B")
    shows(page, "B", "A")
    sheet.get_by_role("button", name="Clear").click()
    shows(page, "B")
    expect(sheet.get_by_text("Nothing follows.")).to_be_visible()
