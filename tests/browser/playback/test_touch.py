"""A finger on the player: sideways for the neighbours, up to open, down to close."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.playback.test_player import until
from tests.browser.queue.test_queue import plays, three, to
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["three"]


@pytest.fixture
def phone(chromium_browser: Browser) -> Iterator[Page]:
    """A page of a phone: narrow, and touched."""
    view = {"width": 360, "height": 740}
    context = chromium_browser.new_context(has_touch=True, is_mobile=True, viewport=view)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def swipe(page: Page, on: Locator, dx: int, dy: int) -> None:
    """Move a finger from the middle of an element by so many pixels."""
    box = on.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    kinds = [("touchStart", 0), *(("touchMove", n / 6) for n in range(1, 7))]
    begun = time.time()  # a finger is quick, however long the messages take
    for number, (kind, share) in enumerate(kinds):
        point = {"x": x + dx * share, "y": y + dy * share}
        event = {"type": kind, "touchPoints": [point], "timestamp": begun + number / 60}
        session.send("Input.dispatchTouchEvent", event)
    last = {"type": "touchEnd", "touchPoints": [], "timestamp": begun + len(kinds) / 60}
    session.send("Input.dispatchTouchEvent", last)


def test_swipes_on_the_bar_and_on_the_full_player(
    served: Site, phone: Page, three: list[Track]
) -> None:
    phone.goto(served.url)
    phone.get_by_role("button", name="Play all").tap()
    plays(phone, "C")
    bar = phone.locator("audio-player .player__track")
    address = phone.url
    swipe(phone, bar, -120, 4)
    plays(phone, "B")
    to(phone, 0)
    swipe(phone, bar, 120, 4)
    plays(phone, "C")
    swipe(phone, bar, -20, 0)
    plays(phone, "C")
    assert phone.url == address, "a swipe is no press on the link under it"
    swipe(phone, bar, 0, -140)
    sheet = phone.get_by_role("dialog", name="Now playing")
    expect(sheet).to_be_visible()
    expect(sheet.locator("canvas")).to_be_visible()
    swipe(phone, sheet.locator(".full__words"), -120, 4)
    plays(phone, "B")
    swipe(phone, sheet.locator(".full__words"), 4, 160)
    expect(sheet).to_be_hidden()


def test_speed_and_silence_are_in_reach_on_a_phone(
    served: Site, phone: Page, three: list[Track]
) -> None:
    phone.goto(served.url)
    phone.get_by_role("button", name="Play all").tap()
    plays(phone, "C")
    phone.get_by_role("button", name="Queue and full player").tap()
    sheet = phone.get_by_role("dialog", name="Now playing")
    sheet.get_by_role("button", name="Speed").tap()
    expect(sheet.get_by_role("button", name="Speed")).to_have_text("1.25×")
    sheet.get_by_role("button", name="Mute").tap()
    expect(sheet.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    sheet.get_by_role("button", name="Close the player").tap()
    until(phone, "document.querySelector('audio-player').hidden")
    expect(sheet).to_be_hidden()


def test_a_row_is_dragged_to_another_place(served: Site, phone: Page, three: list[Track]) -> None:
    phone.goto(served.url)
    phone.get_by_role("button", name="Play all").tap()
    plays(phone, "C")
    phone.get_by_role("button", name="Queue and full player").tap()
    last = phone.get_by_role("button", name="Move A")
    last.scroll_into_view_if_needed()
    high = phone.locator(".queue__row").first.bounding_box()["height"]  # type: ignore[index]
    swipe(phone, last, 0, int(-high * 1.1))
    titles = phone.locator(".queue__title")
    expect(titles).to_have_text(["C", "A", "B"])
