"""The two faces of a track's page, and what fingers and small screens ask of it."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from social.notes.services import notes
from tests.browser.fixtures import Publish, SignIn
from tests.browser.page import PLAYER, until
from tests.browser.playback.test_player import plays_on
from tests.factories.social import UserFactory
from tests.indexing import index
from tests.measured.switching import POSITION
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 740}
TOP = "(name) => document.querySelector(name).getBoundingClientRect().top + scrollY"


@pytest.fixture
def track(publish: Publish) -> Track:
    """A public piece with words of its artist."""
    return publish(title="Sea", slug="sea", description_md="The choir enters at 0:20.")


def noted(track: Track, count: int) -> None:
    assert track.primary_version
    for number in range(count):
        notes.write(
            version=track.primary_version,
            author=track.owner,
            body_md=f"Note {number}.",
            at_ms=1000 * (number + 1),
        )


def test_a_listener_meets_the_artists_words_before_the_notes(
    served: Site, page: Page, track: Track, complaints: list[str]
) -> None:
    page.goto(served.url + "/tracks/sea/")
    page.get_by_role("main").get_by_role("button", name="Play Sea").click()
    plays_on(page)
    for _ in range(2):
        page.get_by_role("link", name="0:20").click()
        until(page, f"{POSITION}.then((at) => at > 19.9 && at < 26)")
        page.evaluate(f"{PLAYER}.then((player) => player.seek(1))")
    assert page.evaluate(TOP, ".track__story") < page.evaluate(TOP, "notes-panel")
    expect(page.get_by_role("heading", name="Details")).to_be_visible()
    expect(page.locator("#track-facts")).to_contain_text("LUFS")
    expect(page.locator(".track__head")).not_to_contain_text("LUFS")


def test_notes_are_one_line_until_there_is_one(
    served: Site, page: Page, track: Track, sign_in: SignIn
) -> None:
    sign_in(UserFactory.create())
    page.goto(served.url + "/tracks/sea/")
    panel = page.locator("notes-panel")
    expect(panel).to_contain_text("Notes 0")
    writing = panel.get_by_label("Your note")
    expect(writing).to_be_hidden()
    panel.get_by_role("button", name="Write a note").click()
    expect(writing).to_be_focused()
    writing.fill("Lovely.")
    panel.get_by_role("button", name="Write", exact=True).click()
    expect(panel.get_by_role("listitem")).to_contain_text("Lovely.")


def test_the_waveform_stays_while_a_reviewer_reads_and_nothing_jumps(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    noted(track, 12)
    sign_in(track.owner)
    page.goto(served.url + "/tracks/sea/")
    rows = page.locator("notes-panel").get_by_role("listitem")
    expect(rows).to_have_count(12)
    wave = page.locator("wave-form")
    whole = page.evaluate("document.documentElement.scrollHeight")
    tall = wave.bounding_box()
    rows.nth(10).scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(page.locator("wave-pin[data-pinned]")).to_be_attached()
    slim = wave.bounding_box()
    assert tall
    assert slim
    assert slim["y"] == 0
    assert slim["height"] < 120 < tall["height"]
    assert page.evaluate("document.documentElement.scrollHeight") == whole
    expect(wave.locator(".wave__note").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("wave-pin[data-pinned]")).to_have_count(0)


def test_a_note_is_low_and_its_actions_come_with_the_mouse_or_the_keyboard(
    served: Site, page: Page, track: Track, sign_in: SignIn
) -> None:
    noted(track, 3)
    sign_in(track.owner)
    page.goto(served.url + "/tracks/sea/")
    note = page.locator("notes-panel").get_by_role("listitem").first
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box
    assert box["height"] <= 90
    actions = note.locator(".note-entry__actions")
    page.mouse.move(0, 0)
    expect(actions).to_have_css("opacity", "0")
    note.hover()
    expect(actions).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    note.get_by_role("link", name="Reply").focus()
    expect(actions).to_have_css("opacity", "1")
    assert page.evaluate(
        "[...document.querySelectorAll('main *')].every((one) => "
        "!/auto|scroll/.test(getComputedStyle(one).overflowY) || "
        "one.scrollHeight <= one.clientHeight + 1 || one.matches('textarea, [popover]'))"
    ), "no box in the page scrolls by itself"


def test_a_phone_has_the_waveform_on_its_first_screen(
    served: Site, page: Page, track: Track
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(served.url + "/tracks/sea/")
    cover = page.locator(".track__cover").bounding_box()
    view = page.locator(".wave__view").bounding_box()
    assert cover
    assert view
    assert cover["height"] <= 0.45 * PHONE["height"]
    assert view["y"] + view["height"] / 2 < PHONE["height"]


# Markers stand where they stand; what is around them belongs to them, too.
SMALL = """() => [...document.querySelectorAll(
    "button, summary, select, input, a.button, [role=slider][tabindex], label.choice"
  )]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((one) => !one.closest("[hidden], dialog:not([open]), [popover]:not(:popover-open)"))
  .filter((one) => !one.matches("input[type=checkbox], input[type=radio], .visually-hidden"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1)
  .filter(([one, box]) => box.height < 43.5 && !one.matches(
    "input[type=range], .wave__slider, .wave__edge, .wave__note"))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""


def test_a_finger_finds_nothing_too_small(
    served: Site, chromium_browser: Browser, track: Track
) -> None:
    noted(track, 2)
    context = chromium_browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        has_touch=True,
        is_mobile=True,
        bypass_csp=True,
    )
    page = context.new_page()
    found: list[Any] = []
    index()
    for address in ("/", "/tracks/sea/", f"/@{track.owner.handle}/", "/search/?q=sea"):
        page.goto(served.url + address)
        page.wait_for_load_state("networkidle")
        found += [(address, one) for one in page.evaluate(SMALL)]
    page.goto(served.url + "/")
    page.locator(".card").first.get_by_role("button", name="Play Sea").tap()
    plays_on(page)
    assert page.evaluate(f"{PLAYER}.then((player) => player.track.title)") == "Sea"
    found += page.evaluate(SMALL)
    context.close()
    assert found == []


def test_a_finger_finds_nothing_too_small_at_the_artists_desk(
    served: Site, chromium_browser: Browser, track: Track
) -> None:
    noted(track, 2)
    client = Client()
    client.force_login(track.owner, backend=settings.AUTHENTICATION_BACKENDS[-1])
    context = chromium_browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        has_touch=True,
        is_mobile=True,
        bypass_csp=True,
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": served.url}])
    page = context.new_page()
    found: list[Any] = []
    desk = ("/upload/", "/my/uploads/", "/notifications/", "/playlists/new/")
    room = ("", "review/", "versions/", "edit/")
    for address in (*desk, *(f"/tracks/sea/{part}" for part in room)):
        page.goto(served.url + address)
        page.wait_for_load_state("networkidle")
        found += [(address, one) for one in page.evaluate(SMALL)]
    context.close()
    assert found == []


def test_the_menu_of_a_piece_stands_whole_on_a_small_screen(
    served: Site, page: Page, track: Track, sign_in: SignIn
) -> None:
    sign_in(track.owner)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(served.url + "/tracks/sea/")
    page.get_by_role("main").get_by_role("button", name="Play Sea").click()
    plays_on(page)
    page.get_by_role("button", name="More for Sea").click()
    menu = page.locator("#track-menu")
    box = menu.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    icons = menu.locator("a .icon")
    assert {round(icons.nth(n).bounding_box()["width"]) for n in range(icons.count())} == {20}  # type: ignore[index]
    menu.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_shuffle_and_repeat_stand_in_the_bar_where_there_is_room(
    served: Site, page: Page, track: Track
) -> None:
    page.goto(served.url + "/tracks/sea/")
    page.get_by_role("main").get_by_role("button", name="Play Sea").click()
    bar = page.get_by_role("region", name="Player")
    shuffle = bar.get_by_role("button", name="Shuffle")
    shuffle.click()
    expect(shuffle).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name="Repeat: off").click()
    expect(bar.get_by_role("button", name="Repeat: the whole queue")).to_be_visible()
    page.set_viewport_size({"width": 800, "height": 700})
    expect(shuffle).to_be_hidden()
