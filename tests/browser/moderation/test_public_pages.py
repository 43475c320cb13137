"""Terms, contact, reports by address and transparency stand well in every width and both themes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.pages.services import publish
from tests.browser.looks import flaws
from tests.factories.moderation import decide, member_of
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/terms/", "/terms/1/", "/contact/", "/report/", "/report/?address=x", "/transparency/")


@pytest.fixture
def written(served: Site) -> None:
    """Two versions of the terms, a contact, and something that was decided."""
    editor = member_of("editor")
    publish(page="contact", words="Ada Lovelace, 1 Ring, London.", by=editor, after=0)
    publish(page="terms", words="# Our house\n\nBe kind.", by=editor, after=0)
    publish(page="terms", words="# Our house\n\n- Be kind.\n- Be kinder.", by=editor, after=1)
    decide(PublicTrackFactory.create(), "hide")


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_the_house_are_accessible(
    served: Site, chromium_browser: Browser, written: None, path: str
) -> None:
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    assert flaws(page, served.url + path) == []
    context.close()


def test_terms_that_come_along_are_accessible(served: Site, chromium_browser: Browser) -> None:
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    assert flaws(page, f"{served.url}/terms/", widths=[320, 1440]) == []
    assert flaws(page, f"{served.url}/contact/", widths=[320]) == []
    context.close()


def test_the_foot_of_a_page_leads_there_in_a_narrow_window(
    served: Site, page: Page, written: None, complaints: list[str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for name, heading in (
        ("Terms", "Terms"),
        ("Contact", "Contact"),
        ("Report", "Report"),
        ("Transparency", "Transparency"),
    ):
        page.goto(served.url)
        foot = page.get_by_role("navigation", name="About this site")
        foot.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_who_pastes_an_address_reports_it(served: Site, page: Page, complaints: list[str]) -> None:
    track = PublicTrackFactory.create(title="Loud")
    page.goto(f"{served.url}/report/")
    page.get_by_label("Its address").fill(f"{served.url}{track.get_absolute_url()}")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("You report the piece")).to_be_visible()
    expect(page.get_by_text("Loud", exact=True).first).to_be_visible()
