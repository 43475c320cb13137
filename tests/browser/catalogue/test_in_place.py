"""A piece described where it stands, a save undone, and all of it deleted and brought back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.sites import Site
from tracks.models import Revision, Track

pytestmark = pytest.mark.django_db(transaction=True)


def change(page: Page, what: str) -> None:
    """Open the form of a field, by keyboard."""
    page.get_by_role("link", name=what).focus()
    page.keyboard.press("Enter")


def test_a_field_is_changed_where_it_stands_and_seen_by_a_visitor(
    served: Site, page: Page, chromium_browser: Browser, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Draft", slug="draft")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/draft/")
    page.evaluate("window.samePage = true")
    change(page, "Change the title")
    field = page.get_by_label("Title")
    expect(field).to_be_focused()
    field.fill("   ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("The sea")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The sea")
    expect(page.get_by_role("link", name="Change the title")).to_be_focused()
    change(page, "Change the language")
    page.get_by_label("Language").fill("jp")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("No language has the tag jp.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change the language")).to_be_focused()
    change(page, "Say something about this piece")
    page.get_by_label("Description").fill("Words that are **loud**")
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("loud")
    page.get_by_role("button", name="Save").click()
    # The preview has the same words: what is saved is there with the way to change it.
    expect(page.get_by_role("link", name="Change these words")).to_be_focused()
    expect(page.locator(".track__story strong")).to_have_text("loud")
    assert page.evaluate("window.samePage")
    other = chromium_browser.new_page()
    other.goto(f"{served.url}/tracks/draft/")
    expect(other.get_by_role("heading", level=1)).to_have_text("The sea")
    expect(other.locator(".track__story strong")).to_have_text("loud")
    other.close()


def test_the_address_moves_along_and_the_save_is_undone(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Draft", slug="draft")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/draft/")
    change(page, "Change the address")
    page.get_by_label("Address").fill("the-sea")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{served.url}/tracks/the-sea/")
    page.goto(f"{served.url}/tracks/draft/")
    expect(page).to_have_url(f"{served.url}/tracks/the-sea/")
    page.goto(f"{served.url}/tracks/the-sea/history/")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(page).to_have_url(f"{served.url}/tracks/draft/history/")
    assert Track.objects.get().slug == "draft"
    assert Revision.objects.count() == 2


def test_a_piece_is_deleted_and_brought_back(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Sea", slug="sea")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/sea/")
    page.get_by_role("button", name="More for Sea").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("“Sea” was deleted.")).to_be_visible()
    assert page.goto(f"{served.url}/tracks/sea/").status == 404
    page.goto(f"{served.url}/my/uploads/")
    page.get_by_role("link", name="Deleted").click()
    expect(page.get_by_text("30 days left")).to_be_visible()
    page.get_by_role("button", name="Bring back Sea").click()
    expect(page).to_have_url(f"{served.url}/tracks/sea/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sea")


def test_without_scripts_the_same_forms_do_it(
    served: Site, chromium_browser: Browser, publish: Publish, sign_in: SignIn, page: Page
) -> None:
    track = publish(title="Draft", slug="draft")
    sign_in(track.owner)
    plain = chromium_browser.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    bare = plain.new_page()
    bare.goto(f"{served.url}/tracks/draft/")
    bare.get_by_role("link", name="Change the licence").click()
    bare.get_by_label("Licence").select_option("cc-by-4.0")
    bare.get_by_role("button", name="Save").click()
    expect(bare).to_have_url(f"{served.url}/tracks/draft/")
    licence = bare.get_by_role("link", name="Creative Commons Attribution 4.0", exact=True)
    expect(licence).to_have_attribute("href", "https://creativecommons.org/licenses/by/4.0/")
    plain.close()


PAGES = ("", "edit/", "edit/description_md/", "history/")


@pytest.mark.parametrize("page_of", PAGES)
def test_nothing_is_to_be_said_against_its_owners_pages(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, page_of: str
) -> None:
    words = {"is_explicit": True, "content_warning": "Sirens", "ai_made": "assisted"}
    track = publish(title="Sea", slug="sea", licence="cc-by-4.0", isrc="GBA1B2400001", **words)
    sign_in(track.owner)
    assert flaws(page, f"{served.url}/tracks/sea/{page_of}", widths=(360, 1440)) == []


def test_nothing_is_to_be_said_against_a_form_in_its_place(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Sea", slug="sea", content_warning="Sirens")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/sea/")
    change(page, "Change who can open it")
    expect(page.get_by_label("Private: only you")).to_be_visible()
    assert flaws(page, widths=(360, 1440)) == []
