"""A feed in a browser: what is in it, and its address to take along."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_feed_is_a_page_and_its_address_is_copied(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Tide")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served.url + track.owner.get_absolute_url())
    page.get_by_role("link", name="Feed").click()
    expect(page.get_by_role("heading", name="Follow it")).to_be_visible()
    expect(page.get_by_role("link", name="Tide")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Copy the address of RSS").press("Enter")
    expect(page.get_by_text("Copied")).to_be_visible()
    place = f"{served.url}/feeds/people/{track.owner.handle}/rss.xml"
    assert page.evaluate("navigator.clipboard.readText()") == place
    answer = page.request.get(place)
    assert answer.headers["content-type"].startswith("application/rss+xml")
    assert "<title>Tide</title>" in answer.text()
    assert complaints == []
