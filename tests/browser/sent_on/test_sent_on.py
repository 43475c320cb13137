"""What is sent on, in a browser: an artist is paid, everybody reads what a charity got."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from economics.charities import services as charities
from social.models import User
from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.factories.economics import (
    ask_payout,
    confirm,
    declare,
    disburse,
    finance,
    link_of,
    pay_out,
)
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
OWN = ("/me/earnings/", "/me/payouts/", "/me/pay-links/")


@pytest.fixture
def mira() -> User:
    """Return an artist who was given something and sent some of it."""
    cache.clear()
    track = PublicTrackFactory.create(title="A piece with a long name that goes on and on")
    person: User = track.owner
    confirm(declare(person, amount=20_000, track=track))
    giver = UserFactory.create(display_name="Ada")
    confirm(declare(person, amount=3000, giver=giver, is_public=True))
    link_of(person, "iban", "DE89 3704 0044 0532 0130 00", label="My bank")
    link_of(person, is_public=True)
    pay_out(ask_payout(person, 5000))
    ask_payout(person, 2000)
    return person


def test_an_artist_says_how_they_are_paid_and_asks_for_it(
    served: Site, page: Page, sign_in: SignIn
) -> None:
    cache.clear()
    person = UserFactory.create()
    confirm(declare(person, amount=10_000))
    sign_in(person)
    page.goto(f"{served.url}/me/payouts/")
    expect(page.get_by_text("€70.00").first).to_be_visible()
    page.get_by_role("link", name="how you are paid", exact=True).click()
    page.get_by_label("How", exact=True).select_option("iban")
    page.get_by_label("An https:// address").fill("DE89 3704 0044 0532 0130 01")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("its check digits do not fit")).to_be_visible()
    page.get_by_label("An https:// address").fill("DE89 3704 0044 0532 0130 00")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Only you see it")).to_be_visible()
    page.goto(f"{served.url}/me/payouts/")
    page.get_by_label("Amount").fill("30")
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", name="What you asked for")).to_be_visible()
    expect(page.get_by_text("€40.00")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_everybody_takes_the_receipt_of_what_a_charity_was_sent(served: Site, page: Page) -> None:
    cache.clear()
    confirm(declare())
    charities.attach(disburse(150).pk, data=b"Sent.", name="receipt.txt", by=finance())
    page.goto(served.url)
    page.get_by_role("link", name="Money").click()
    page.get_by_role("link", name="The charities").click()
    page.get_by_role("link", name="Electronic Frontier Foundation").click()
    expect(page.get_by_text("€1.50").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="receipt.txt").click()
    assert taken.value.path().read_bytes() == b"Sent."


def test_its_pages_fit_and_are_accessible(
    served: Site, chromium_browser: Browser, mira: User
) -> None:
    disburse(2300)
    context = chromium_browser.new_context(bypass_csp=True)
    page, found = context.new_page(), []
    for path in ("/charities/", "/charities/eff/", f"/@{mira.handle}/"):
        found += flaws(page, served.url + path)
    browser = Client()
    browser.force_login(mira, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = browser.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": served.url}])
    for path in OWN:
        found += flaws(page, served.url + path)
    context.close()
    assert found == []
