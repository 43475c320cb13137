"""The form of support over the page one is on; and its own page, where that cannot be."""

import pytest
from playwright.sync_api import Browser, Page, expect

from economics.models import Contribution
from tests.browser.looks import THEMES, violations
from tests.browser.moderation.test_bench import as_person
from tests.factories.social import UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page: Page, site: Site) -> None:
    """Open the form over the page of Ada."""
    page.goto(f"{site.url}/@ada/")
    page.get_by_role("link", name="Support", exact=True).click()
    expect(page.get_by_role("dialog", name="Support Ada")).to_be_visible()
    page.wait_for_function("!!customElements.get('give-shares')")


def test_it_opens_over_the_page_and_gives_the_focus_back(
    pooled: Site, chromium_browser: Browser
) -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    context = as_person(chromium_browser, pooled, UserFactory.create())
    page = context.new_page()
    for way in ("Escape", "Not now"):
        opened(page, pooled)
        expect(page.get_by_role("heading", name="Support Ada")).to_be_focused()
        if way == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name=way).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("link", name="Support", exact=True)).to_be_focused()
    assert page.url == f"{pooled.url}/@ada/"
    opened(page, pooled)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    context.close()


def test_what_is_wrong_is_said_there_and_nothing_is_given_twice(
    pooled: Site, chromium_browser: Browser
) -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    page = chromium_browser.new_page()
    opened(page, pooled)
    page.get_by_label("A message").fill("For the cello.")
    page.get_by_label("Ada", exact=True).fill("50")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The shares have to make 100 percent together.").first).to_be_visible()
    expect(page.get_by_label("A message")).to_have_value("For the cello.")
    assert Contribution.objects.count() == 0
    page.get_by_label("Ada", exact=True).fill("70")
    page.get_by_role("button", name="Go on").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, one step is left")
    assert Contribution.objects.get().message == "For the cello."
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()


def test_where_the_form_cannot_be_fetched_its_page_opens(
    pooled: Site, chromium_browser: Browser
) -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    page = chromium_browser.new_page()
    page.route("**/support/*part=form", lambda route: route.abort())
    page.goto(f"{pooled.url}/@ada/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Support", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Support Ada")
    page.close()
