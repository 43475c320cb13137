"""An artist makes a page for the press, and the press takes from it."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_press_page_is_made_and_taken_from(
    served: Site,
    page: Page,
    publish: Publish,
    sign_in: SignIn,
    chromium_browser: Browser,
    tmp_path: Path,
) -> None:
    artist = publish().owner
    picture = tmp_path / "on-stage.jpg"
    Image.new("RGB", (1800, 1200), (200, 90, 30)).save(picture)
    sign_in(artist)
    page.goto(f"{served.url}/me/page/")
    page.get_by_role("textbox", name="Colour").fill("#b4552d")
    page.get_by_role("textbox", name="For the press").fill("Plays **loud**.")
    page.get_by_label("Everybody can open the press page").check()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_label("Picture", exact=True).set_input_files(picture)
    page.get_by_role("button", name="Put it above your page").click()
    expect(page.get_by_alt_text("Your header")).to_be_visible()
    page.get_by_label("Another picture").set_input_files(picture)
    added = page.locator("form").filter(has=page.get_by_role("button", name="Add it"))
    added.get_by_label("What is to be seen").fill("On stage in Leipzig")
    added.get_by_label("Made by").fill("Kim Lens")
    added.get_by_role("button", name="Add it").click()
    expect(page.get_by_alt_text("On stage in Leipzig")).to_be_visible()
    visitor = chromium_browser.new_page()
    visitor.goto(f"{served.url}/@{artist.handle}/")
    expect(visitor.locator(".profile__header")).to_be_visible()
    visitor.get_by_role("link", name="Press").click()
    expect(visitor.locator("strong", has_text="loud")).to_be_visible()
    expect(visitor.get_by_text("Kim Lens")).to_be_visible()
    with visitor.expect_download() as taken:
        visitor.get_by_role("link", name="Full size").click()
    with Image.open(taken.value.path()) as whole:
        assert whole.size == (1800, 1200)
    visitor.close()
