"""From a price to a file: what one pays for is to be had once the money was seen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from economics.models import Contribution
from economics.sales.services import set_price
from tests.browser.fixtures import Publish
from tests.browser.moderation.test_bench import as_person
from tests.factories.economics import finance
from tests.factories.social import UserFactory
from tests.jobs import apart
from tests.sites import Site
from tests.tracks.downloads.giving import prepare
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def pay(page: Page, site: Site, track: Track, amount: str = "") -> Contribution:
    """Buy it over its page: as suggested, or for another amount."""
    page.goto(site.url + track.get_absolute_url())
    page.get_by_role("link", name="Buy · €3.00 or more").click()
    page.wait_for_function("!!customElements.get('give-shares')")
    expect(page.get_by_role("radio", name="€5.00")).to_be_checked()
    expect(page.get_by_text("A copy costs €3.00 or more")).to_be_visible()
    expect(page.locator("[data-share=artist] output")).to_have_text("€5.00")
    if amount:
        page.get_by_label("Another amount").fill(amount)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, one step is left")
    found: Contribution = Contribution.objects.order_by("-pk")[0]
    return found


def has_come_in(page: Page, site: Site, given: Contribution) -> None:
    """Write down that it came in, as finance does."""
    page.goto(f"{site.url}/admin/economics/contribution/{given.pk}/change/")
    page.get_by_label("Reference").fill("bank 1")
    page.get_by_label("Fee that the provider kept").fill("0.35")
    page.get_by_role("button", name="It has come in").click()
    expect(page.get_by_text("Done.")).to_be_visible()


def test_a_price_leads_to_a_file_once_finance_saw_the_money(
    pooled: Site, chromium_browser: Browser, publish: Publish, tmp_path: Path
) -> None:
    track = publish(title="Night tram")
    set_price(thing=track, by=track.owner, least=300, suggested=500)
    boss = as_person(chromium_browser, pooled, finance()).new_page()
    page = as_person(chromium_browser, pooled, UserFactory.create()).new_page()
    # What one wants, as long as it is enough: the fee of the bank is not the buyer's matter.
    given = pay(page, pooled, track, "3.00")
    expect(page.get_by_text("lets you keep once the money was seen")).to_be_visible()
    address = f"{pooled.url}/tracks/{track.slug}/download/?what=original"
    answer = page.goto(address)
    assert answer
    assert answer.status in (403, 404)
    has_come_in(boss, pooled, given)
    page.goto(pooled.url + track.get_absolute_url())
    page.get_by_role("button", name="Download").click()
    page.get_by_role("link", name="Original").click()
    apart(prepare)
    with page.expect_download() as fetching:
        pass
    fetching.value.save_as(tmp_path / "bought")
    assert (tmp_path / "bought").stat().st_size > 0
    for each in (boss, page):
        each.context.close()


def test_who_pays_too_little_supports_and_has_no_copy(
    pooled: Site, chromium_browser: Browser, publish: Publish
) -> None:
    track = publish(title="Night tram")
    set_price(thing=track, by=track.owner, least=300, suggested=500)
    page = as_person(chromium_browser, pooled, UserFactory.create()).new_page()
    assert not pay(page, pooled, track, "2.99").buys
    expect(page.get_by_text("buys a copy")).to_have_count(0)
    assert pay(page, pooled, track).buys
    page.context.close()
