"""The keys of the queue, of single frames, of the loop and of versions."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, until
from tests.browser.queue.test_queue import plays, shows, three, to
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["three"]

SHOWN = "Number(document.querySelector('audio-player [data-part=seek]').value)"
AT = "document.querySelector('audio[data-active]').currentTime"
KNOWN = "JSON.parse(localStorage['nexus.queue'])"


def test_shift_n_and_p_go_through_the_queue_and_stay_out_of_fields(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")
    page.locator("main").focus()
    page.keyboard.press("Shift+N")
    plays(page, "B")
    to(page, 0)
    page.keyboard.press("Shift+P")
    plays(page, "C")
    field = page.get_by_label("Search for music")
    field.press_sequentially("NIO,.19?k")
    expect(field).to_have_value("NIO,.19?k")
    expect(page.get_by_role("dialog")).to_have_count(0)
    plays(page, "C")


def test_comma_and_point_move_by_a_frame(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    page.locator("main").focus()
    page.keyboard.press(".")
    until(page, "document.querySelector('audio[data-active]').paused")
    start = page.evaluate(AT)
    for key, frames in [(".", 1), (".", 2), (",", 1), (",", 0)]:
        page.keyboard.press(key)
        until(page, f"Math.abs({AT} - {start + frames / 30}) < 0.004")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys").get_by_text("1/30 s")).to_be_visible()


def test_i_and_o_loop_a_passage_and_escape_ends_it(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    page.get_by_role("button", name="Play Song").first.click()
    plays_on(page)
    page.locator("main").focus()
    page.keyboard.press("k")
    to(page, 5)
    page.locator("main").focus()
    page.keyboard.press("i")
    expect(page.locator("#said")).to_have_text("Loop from 0:05 to 0:35")
    to(page, 7)
    page.locator("main").focus()
    page.keyboard.press("o")
    expect(page.locator("#said")).to_have_text("Loop from 0:05 to 0:07")
    page.keyboard.press("j")
    page.keyboard.press("k")
    until(page, f"{AT} > 6")
    until(page, f"{AT} < 6 && {AT} > 4.9")
    page.keyboard.press("Escape")
    until(page, f"{AT} > 8")


def test_figures_choose_a_version(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.goto(served.url + publish().get_absolute_url())
    page.evaluate(
        """() => {
          window.chosen = [];
          document.addEventListener("version:choose", (e) => window.chosen.push(e.detail.number));
        }"""
    )
    page.locator("main").focus()
    page.keyboard.press("2")
    assert page.evaluate("window.chosen") == [], "there is nothing to choose"
    page.evaluate("document.querySelector('main article').dataset.versionId = 'x'")
    page.keyboard.press("2")
    assert page.evaluate("window.chosen") == [2]


def test_the_queue_is_ordered_by_keyboard_alone(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play all").press("Enter")
    plays(page, "C")
    page.get_by_role("button", name="Queue and full player").press("Enter")
    sheet = page.get_by_role("dialog", name="Now playing")
    expect(sheet.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    grip = sheet.get_by_role("button", name="Move A")
    grip.focus()
    page.keyboard.press("ArrowUp")
    shows(page, "C", "A", "B")
    expect(grip).to_be_focused()
    expect(sheet.get_by_text("A, 2 of 3", exact=True)).to_be_attached()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    shows(page, "A", "C", "B")
    assert page.evaluate(f"{KNOWN}.items.map((item) => item.title)") == ["A", "C", "B"]
    sheet.get_by_role("button", name="Take A out of the queue").press("Enter")
    shows(page, "C", "B")
    page.keyboard.press("k")
    until(page, "document.querySelector('audio-player').dataset.state === 'paused'")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Queue and full player")).to_be_focused()
