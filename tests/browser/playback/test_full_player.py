"""The full player: repeat, shuffle, sleep; what the system is told; the small window."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import SETTLED, violations
from tests.browser.playback.test_player import plays_on, until
from tests.browser.queue.test_queue import opened, plays, shows, three, to
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["three"]

MEDIA = "navigator.mediaSession"
PAUSED = "document.querySelector('audio-player').dataset.state === 'paused'"


def start(page: Page, served: Site) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")


def test_repeat_of_one_and_of_all(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    start(page, served)
    sheet = opened(page)
    repeat = sheet.locator("[data-part=repeat]")
    for words in ["Repeat: the whole queue", "Repeat: this piece"]:
        repeat.click()
        expect(repeat).to_have_accessible_name(words)
    sheet.get_by_label("Position").fill("33")
    until(page, "document.querySelector('audio[data-active]').currentTime < 10")
    plays(page, "C")
    repeat.click()
    repeat.click()
    sheet.get_by_role("button", name="Play A by").click()
    plays(page, "A")
    sheet.get_by_role("button", name="Next", exact=True).click()
    plays(page, "C")


def test_shuffle_keeps_what_plays_and_gives_the_order_back(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    start(page, served)
    sheet = opened(page)
    sheet.get_by_role("button", name="Play B by").click()
    plays(page, "B")
    shuffle = sheet.get_by_role("button", name="Shuffle")
    shuffle.click()
    expect(shuffle).to_have_attribute("aria-pressed", "true")
    titles = page.locator(".queue__title")
    expect(titles.first).to_have_text("B")
    assert sorted(titles.all_inner_texts()) == ["A", "B", "C"]
    page.reload()
    sheet = opened(page)
    sheet.get_by_role("button", name="Shuffle").click()
    shows(page, "C", "B", "A")


def test_the_sleep_timer_fades_out_and_survives_a_reload(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.clock.install()
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays(page, "C")
    opened(page).get_by_label("Sleep timer").select_option("5")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Player").get_by_text("5 min")).to_be_visible()
    page.reload()
    page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    plays(page, "C")
    page.clock.fast_forward(299_000)
    until(page, PAUSED, seconds=20)
    expect(page.locator("[data-part=asleep]")).to_be_hidden()


def test_sleep_at_the_end_of_the_piece_lets_nothing_follow(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    start(page, served)
    sheet = opened(page)
    sheet.get_by_label("Sleep timer").select_option("end")
    sheet.get_by_label("Position").fill("32")
    until(page, PAUSED)
    expect(page.locator("audio-player [data-part=title]")).to_have_text("C")
    expect(sheet.get_by_label("Sleep timer")).to_have_value("")


def test_the_system_is_told_and_may_go_through_the_queue(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.add_init_script(
        """
        window.handlers = {};
        const session = MediaSession.prototype;
        const set = session.setActionHandler;
        session.setActionHandler = function (name, deed) {
          window.handlers[name] = deed;
          return set.call(this, name, deed);
        };
        const place = session.setPositionState;
        session.setPositionState = function (state) {
          window.place = state;
          return place.call(this, state);
        };
        """
    )
    start(page, served)
    assert page.evaluate(f"[{MEDIA}.metadata.title, {MEDIA}.playbackState]") == ["C", "playing"]
    assert page.title() == f"▶ C — {three[0].owner.name}"
    page.evaluate("window.handlers.nexttrack()")
    plays(page, "B")
    assert page.evaluate(f"{MEDIA}.metadata.title") == "B"
    page.evaluate("window.handlers.seekto({ seekTime: 12 })")
    until(page, "Math.abs(window.place.position - 12) < 1.5 && window.place.duration > 30")
    to(page, 0)
    plays_on(page)
    page.evaluate("window.handlers.previoustrack()")
    plays(page, "C")
    page.evaluate("window.handlers.pause()")
    until(page, f"{MEDIA}.playbackState === 'paused' && document.title === 'Nexus'")


def test_the_cover_has_a_small_window_where_the_browser_has_one(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    start(page, served)
    button = opened(page).get_by_role("button", name="Cover in a small window")
    button.click()
    small = "documentPictureInPicture.window?.document.body"
    until(page, f"{small}?.textContent.includes('C — ')")
    until(page, f"{small}.querySelector('img').naturalWidth > 0")
    page.evaluate(f"[...{small}.querySelectorAll('button')].at(-1).click()")
    plays(page, "B")
    until(page, f"{small}.textContent.includes('B — ')")
    button.click()
    until(page, "documentPictureInPicture.window === null")


def test_the_window_is_not_offered_where_there_is_none(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.add_init_script(
        "delete window.documentPictureInPicture;"
        "Object.defineProperty(Document.prototype, 'pictureInPictureEnabled', {value: false});"
    )
    start(page, served)
    sheet = opened(page)
    shows(page, "C", "B", "A")
    page.wait_for_load_state("networkidle")
    expect(sheet.get_by_role("button", name="Cover in a small window")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_it_is_accessible_and_fits(
    served: Site, chromium_browser: Browser, width: int, three: list[Track]
) -> None:
    view = {"width": width, "height": 800}
    context = chromium_browser.new_context(bypass_csp=True, viewport=view)  # type: ignore[arg-type]
    page = context.new_page()
    start(page, served)
    opened(page)
    shows(page, "C", "B", "A")
    page.evaluate(SETTLED)
    found = violations(page)
    wide = page.evaluate("document.querySelector('#now-playing').scrollWidth > innerWidth")
    context.close()
    assert found == []
    assert not wide


def test_a_name_with_blanks_in_a_row_does_not_keep_the_page_busy(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(title="One   two ")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("main").get_by_role("button", name="Play").first.click()
    plays_on(page)
    assert page.title() == f"▶ One two — {track.owner.name}"
