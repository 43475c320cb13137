"""Notes on the waveform in real browsers: written, seen live by others, by keyboard, by axe."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from social.models import Comment, User
from tests.browser.conftest import Publish, SignIn
from tests.browser.test_pages_look import violations
from tests.factories.social import UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
LIVE_SECONDS = 1.0


def write(page: Page, words: str) -> None:
    """Write a note and send it by keyboard."""
    page.get_by_label("Your note").fill(words)
    page.get_by_label("Your note").press("Control+Enter")


def opened(browser: Browser, served: Site, user: User | None, path: str, **options: object) -> Page:
    """Return a page of another person's own browser."""
    from django.conf import settings
    from django.test import Client

    context = browser.new_context(**options)  # type: ignore[arg-type]
    if user:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
    page = context.new_page()
    page.goto(served.url + path)
    expect(page.locator("[data-notes]")).to_be_attached()
    return page


def test_a_note_appears_in_another_browser_within_a_second(
    served: Site,
    page: Page,
    publish: Publish,
    sign_in: SignIn,
    chromium_browser: Browser,
    complaints: list[str],
) -> None:
    track = publish()
    sign_in(UserFactory.create(display_name="Ada Lovelace"))
    page.goto(served.url + track.get_absolute_url())
    other = opened(chromium_browser, served, track.owner, track.get_absolute_url())
    visitor = opened(chromium_browser, served, None, track.get_absolute_url())
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()
    other.wait_for_timeout(500)
    page.get_by_role("textbox", name="At", exact=True).fill("0:12.5")
    page.get_by_label("Your note").fill("The **bass** comes in late.")
    begun = time.monotonic()
    page.get_by_label("Your note").press("Control+Enter")
    for watching in (other, visitor):
        watching.get_by_text("comes in late").wait_for(timeout=5000)
    assert time.monotonic() - begun < LIVE_SECONDS
    expect(page.locator("[data-note]")).to_have_attribute("data-at-ms", "12500")
    expect(other.locator("[data-note] strong")).to_have_text("bass")
    expect(other.locator("news-badge [aria-hidden]")).to_have_text("1")
    expect(visitor.get_by_role("link", name="Sign in").last).to_be_visible()
    other.get_by_role("button", name="Answered").click()
    expect(page.get_by_text(re.compile("Answered by"))).to_be_visible()
    expect(page.locator("news-badge [aria-hidden]")).to_have_text("1")
