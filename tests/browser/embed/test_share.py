"""Sharing: the link, this second, this passage, and the code of the embed with a look at it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.playback.test_player import plays_on
from tests.factories.tracks import PlaylistFactory
from tests.sites import Site
from tracks.models import PlaylistItem

pytestmark = pytest.mark.django_db(transaction=True)


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def page(page: Page, served: Site) -> Page:
    """A page that may use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
    return page


def test_the_link_is_copied_and_the_focus_returns(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    page.goto(served.url + track.get_absolute_url())
    opener = page.get_by_role("link", name="Share")
    opener.press("Enter")
    sheet = page.get_by_role("dialog", name="Share “Cider”")
    expect(sheet).to_be_visible()
    expect(page.locator("share-sheet:defined")).to_be_visible()
    expect(sheet.get_by_text("At 0:00")).to_be_hidden()
    sheet.get_by_role("button", name="Copy", exact=True).press("Enter")
    expect(sheet.get_by_role("status")).to_have_text("Copied")
    assert copied(page) == served.url + track.get_absolute_url()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    assert page.url == served.url + track.get_absolute_url()


def test_the_link_of_this_second_begins_there(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name="Play Cider").click()
    plays_on(page)
    page.get_by_role("link", name="Share").click()
    expect(page.locator("share-sheet:defined")).to_be_attached()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label(re.compile("^At 0:0")).check()
    link = sheet.get_by_label("Link").input_value()
    moment = re.fullmatch(re.escape(served.url + track.get_absolute_url()) + r"#t=(\d+)", link)
    assert moment
    assert int(moment[1]) >= 1


def test_the_link_of_a_passage(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    page.goto(served.url + track.get_absolute_url() + "#t=5.25,9.5")
    page.locator("wave-form[data-drawn]").wait_for()
    page.get_by_role("link", name="Share").click()
    expect(page.locator("share-sheet:defined")).to_be_attached()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("This passage, 0:05–0:09").check()
    assert sheet.get_by_label("Link").input_value().endswith("#t=5.25,9.5")


def test_the_code_follows_what_is_chosen_and_so_does_the_look(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title='Quotes " & <b>')
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("link", name="Share").click()
    expect(page.locator("share-sheet:defined")).to_be_attached()
    sheet = page.get_by_role("dialog")
    assert page.locator("share-sheet iframe").get_attribute("src") is None, "not before it is asked"
    sheet.get_by_text("Embed in a page").click()
    code = sheet.get_by_label("Code to paste into the page")
    assert f'src="{served.url}/embed/track/{track.pk}"' in code.input_value()
    sheet.get_by_label("Colours").select_option("dark")
    sheet.get_by_label("Accent").fill("#2b7fd2")
    sheet.get_by_label("Begins at").fill("0:12")
    found = re.search(r'src="([^"]+)"', code.input_value())
    assert found
    chosen = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    assert chosen == {"theme": ["dark"], "accent": ["2b7fd2"], "start": ["12"]}
    assert "<b>" not in code.input_value()
    look = page.frame_locator("share-sheet iframe")
    expect(look.locator("html[data-theme=dark]")).to_be_attached()
    expect(look.locator("[data-part=elapsed]")).to_have_text("0:12")
    sheet.get_by_role("button", name="Copy the code").click()
    assert copied(page) == code.input_value()
    sheet.get_by_role("button", name="The cover’s own").click()
    assert "accent" not in code.input_value()
    sheet.get_by_role("button", name="Done").click()
    page.wait_for_timeout(500)  # longer than a change takes to be shown
    assert page.locator("share-sheet iframe").get_attribute("src") is None, "it is put away"


def test_it_is_passed_on_by_the_system_where_there_is_a_way(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(title="Cider")
    page.add_init_script("navigator.share = async (what) => { window.passed = what; };")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("link", name="Share").click()
    expect(page.locator("share-sheet:defined")).to_be_attached()
    page.get_by_role("dialog").get_by_role("button", name="Pass on…").click()
    assert page.evaluate("window.passed.url") == served.url + track.get_absolute_url()


def test_a_playlist_is_ordered_by_keys_and_by_hand(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    first = publish(title="First")
    playlist = PlaylistFactory.create(owner=first.owner, title="Late")
    second = publish("music/10-solo-trumpet.ogg", title="Second")
    for position, track in enumerate((first, second, first), start=1):
        PlaylistItem.objects.create(playlist=playlist, track=track, position=position)

    def order() -> list[str]:
        return [item.track.title for item in playlist.items.select_related("track")]

    sign_in(first.owner)
    page.goto(f"{served.url}/playlists/{playlist.slug}/edit/")
    down = page.get_by_role("button", name="Move down Second")
    down.press("Enter")
    said = page.locator("shared-list").get_by_role("status")
    expect(said).to_have_text("Second is number 3 now.")
    assert order() == ["First", "First", "Second"]
    expect(down).to_be_focused()
    grip = page.locator("[data-item]", has_text="Second").locator("[data-grip]")
    grip.hover()
    page.mouse.down()
    box = page.locator("[data-item]").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 5, steps=8)
    page.mouse.up()
    expect(said).to_have_text("Second is number 1 now.")
    assert order() == ["Second", "First", "First"]
    page.get_by_role("button", name="Take out Second").press("Enter")
    expect(said).to_have_text("Second was taken out.")
    assert order() == ["First", "First"]
    page.reload()
    expect(page.locator("[data-item]")).to_have_count(2)


def test_a_playlist_is_made_and_plays(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name="More for Cider").click()
    page.get_by_role("link", name="Add to…").click()
    page.get_by_role("link", name="New playlist with it").click()
    page.get_by_label("Title").fill("Late at night")
    page.get_by_label(re.compile("^Public")).check()
    page.get_by_role("button", name=re.compile("^Create ")).click()
    expect(page.get_by_text("“Cider” was added to “Late at night”.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^View ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Late at night")
    page.get_by_role("button", name="Play Cider").click()
    plays_on(page)
